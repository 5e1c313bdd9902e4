"""What is the vector of a text? Encoders, all behind one protocol (`contract.Encoder`)."""
