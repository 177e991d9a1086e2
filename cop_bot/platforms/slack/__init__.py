"""Slack: what it takes, shows and sends."""
