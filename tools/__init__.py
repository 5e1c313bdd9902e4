"""Programs for whoever works on the project: generated documents, generated tables, the look of the house."""
