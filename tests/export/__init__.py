"""Exports, on an edition in memory."""
