"""The chat platforms: each declares itself in a folder of its own."""
