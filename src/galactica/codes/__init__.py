"""Algorithms that know no encyclopedia: hash trees, cutting text into passages, names of languages."""
