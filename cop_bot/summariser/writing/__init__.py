"""What a model is asked to write, and how each of its claims is looked up."""
