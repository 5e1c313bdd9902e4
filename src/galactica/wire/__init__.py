"""What is said to programs: one JSON document a value, the same from every interface."""
