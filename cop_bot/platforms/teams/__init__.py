"""Microsoft Teams: what it takes, shows and sends."""
