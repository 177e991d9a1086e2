"""A message as text, as Markdown, in parts: what no platform has for itself."""
