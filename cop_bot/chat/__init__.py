"""The ways out to chat: port `Chat`, one file a platform."""
