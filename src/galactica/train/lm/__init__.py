"""A view of editions → a small language model: trained, written out as a standard one, asked to write, measured."""
