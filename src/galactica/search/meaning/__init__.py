"""Which passages mean what a question means? One bit for each dimension of a passage's vector, all of them compared.

`MeaningIndex` is an index that is open, `build` makes one, `meaning_info` says how far one is, `passage_text` is what
an encoder is given of a passage. docs/formats/edition.md describes the files.
"""

from galactica.search.meaning.layout import EncoderFacts, meaning_info, passage_text
from galactica.search.meaning.store import MeaningIndex

__all__ = ["EncoderFacts", "MeaningIndex", "meaning_info", "passage_text"]
