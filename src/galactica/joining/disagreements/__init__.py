"""Claims of one topic and one property, compared: which agree, which differ by rounding or in time, which differ."""
