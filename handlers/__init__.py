"""The ways in: each handler translates a gesture, calls one use case and answers."""
