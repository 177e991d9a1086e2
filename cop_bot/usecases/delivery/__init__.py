"""The only code that speaks."""
