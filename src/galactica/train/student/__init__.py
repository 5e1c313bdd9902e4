"""Here is a network that knows every language: make a table of words that is nearly as good."""
