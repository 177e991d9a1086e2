"""Members, places, and who facilitates."""
