"""What does an article claim, of what, and in which words? Read from tables, lists, sentences and statements."""
