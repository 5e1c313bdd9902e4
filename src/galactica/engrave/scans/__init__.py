"""Pictures of sheets: where the sheet is in one, how it lies, and which of its cells are black."""
