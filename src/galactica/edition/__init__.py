"""An edition on disk: written once, verified, opened, compared. docs/formats/edition.md is its description."""

from galactica.edition.info import EditionInfo, MeaningInfo, Statement
from galactica.edition.read import Edition, Head

__all__ = ["Edition", "EditionInfo", "Head", "MeaningInfo", "Statement"]
