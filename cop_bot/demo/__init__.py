"""The demo: invented members play a whole programme on the console, through the true handlers and use cases."""
