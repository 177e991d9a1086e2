"""How well what people write is told apart: talk from contributions."""
