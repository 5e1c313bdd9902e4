"""A person's own tables: a question that is understood word by word is answered over all rows."""
