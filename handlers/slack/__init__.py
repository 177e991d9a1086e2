"""The ways in from Slack: each file is one kind of gesture."""
