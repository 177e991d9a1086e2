"""What the summaries promise, measured: one table for both summarisers beside the figures of public sources.

Everything is worked out from the assignment and the brief alone, as a stranger would who is handed both; nothing here
asks a summariser how it came to its answer.
"""
