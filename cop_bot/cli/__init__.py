"""The commands of the shell that need more than a few lines."""
