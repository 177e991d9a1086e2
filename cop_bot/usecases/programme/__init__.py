"""What is planned, and what falls due."""
