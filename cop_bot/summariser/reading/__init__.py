"""Reading a session without any model: what says the same, topics, languages, what is set aside."""
