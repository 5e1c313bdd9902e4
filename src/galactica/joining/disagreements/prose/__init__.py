"""Two texts about one thing, compared sentence by sentence: where one contradicts the other beyond properties."""
