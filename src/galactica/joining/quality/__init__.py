"""How good is a text, by the measures that others publish? Columns, one row an article; nothing is left out by them."""

from galactica.joining.quality.making import make_quality, quality_kept

__all__ = ["make_quality", "quality_kept"]
