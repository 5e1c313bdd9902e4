"""How is a question answered, and what proves the answer? Evidence, readers, verdicts, citations."""
