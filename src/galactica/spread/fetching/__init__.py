"""Fetching a release from mirrors that may be slow, old, broken or hostile, and going on where it was stopped."""
