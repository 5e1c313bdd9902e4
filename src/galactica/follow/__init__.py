"""Sources that go on: what is new or changed at addresses, kept in a journal, and built into the next edition."""
