"""An edition on disk: written once, verified, opened, compared. docs/formats/edition.md is its description."""

from galactica.edition.head import Head
from galactica.edition.info import EditionHeader, EditionInfo, MeaningInfo
from galactica.edition.read import Edition

__all__ = ["Edition", "EditionHeader", "EditionInfo", "Head", "MeaningInfo"]
