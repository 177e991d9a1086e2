"""Messages in the dress of each platform: pure functions, for the ways in and out alike."""
