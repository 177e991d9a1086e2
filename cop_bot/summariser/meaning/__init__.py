"""What belongs together, told by a model of meaning: an extra that nothing else needs."""
