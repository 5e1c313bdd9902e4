"""What the sheets of a set say together: articles as blocks, sheets made good by others, proofs."""
