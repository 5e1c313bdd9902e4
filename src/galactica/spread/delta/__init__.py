"""Deltas of records: what changed from one edition to a later one, made, read, put together and applied.

The order in which to read the modules: `numbered` (the records of an edition by number), `changes` (what is changed in
them), `comparing` (found between two editions), `document` and `packing` (the file), `writing`, `reading`, `similar`,
`overlay` (an edition as it would be with changes; chains), `applying` with what it calls (the new edition made beside
the old), `updating` (put in its place).
"""
