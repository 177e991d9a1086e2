"""Versions of summaries: written, stored, published, objected to."""
