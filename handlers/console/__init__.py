"""The ways in from the console: the same gestures as on a platform, from people who sit at the same machine."""
