"""Sources that come with the program: facts of the world, an almanac, and Python's own documentation."""
