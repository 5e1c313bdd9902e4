"""How does work reach other machines? Files go through a store, under their SHA-256; an engine runs tasks there."""
