"""Anything → documents: one module a format, and one table of formats (`formats`)."""
