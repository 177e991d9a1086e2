"""Health, and what is kept no longer."""
