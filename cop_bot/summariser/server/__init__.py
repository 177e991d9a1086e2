"""Talking with a model's server: formats of answers, token budgets, kept answers."""
