"""Which texts are the same, nearly the same, or stand in each other? Rows that say it; nothing is left out by it."""

from galactica.joining.duplicates.kept import Cluster, Duplicates, RepeatedParagraph, SameText
from galactica.joining.duplicates.making import duplicates_kept, make_duplicates

__all__ = ["Cluster", "Duplicates", "RepeatedParagraph", "SameText", "duplicates_kept", "make_duplicates"]
