"""The long work of reading a session, in a process of its own."""
