"""The ways in over HTTP: the guarded address for Slack, and what a supervisor asks."""
