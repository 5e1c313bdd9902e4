"""One function for each thing a person can do: the Python API, and the only place where rooms are joined."""

from galactica.library.build import build

__all__ = ["build"]
