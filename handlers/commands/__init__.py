"""The commands of all platforms: what people type, one use case, the answer."""
