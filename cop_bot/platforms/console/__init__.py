"""The platform of the demo and the tests: a channel in memory."""
