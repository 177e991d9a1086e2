"""The ways in from Microsoft Teams: each file is one kind of gesture."""
