"""Talking with a model's server: the ladder, caps, kept answers."""
