"""Galactica: an encyclopedia that anyone can build, read, question, train on, carry anywhere and never lose."""

__version__ = "0.2.0"
