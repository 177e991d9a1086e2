"""Choosing what is shown, the last step of both summarisers."""
