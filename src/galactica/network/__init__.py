"""The only package that opens connections: which addresses may be asked, and one bounded request at a time."""
