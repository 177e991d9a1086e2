"""Recording what is said in a place, and changing it."""
