"""What lies in `joined/duplicates` (docs/formats/joined.md), and the numbers that decide what is the same."""

from __future__ import annotations

import pyarrow as pa

from galactica.edition.table import Table

NAME = "duplicates"
VERSION = 3
"""Raised when the same edition must give other rows."""

EXACT, EDITION_OF, NEAR, CONTAINED = "exact", "version", "near", "contained"
KINDS = (EXACT, EDITION_OF, NEAR, CONTAINED)
"""The same text, letter by letter; the same article in another source (another date of it); a copy with parts left
out, added or spelled anew; a stretch of a longer article."""

FEWEST = 20
"""Tokens of a text that is compared with others that are not exactly the same: in a shorter one each word is what it
says."""

NAMED = 64
"""Tokens of a text from which it says of itself what it is about. The exact text of a shorter one is its title and its
text: "It sent one athlete to the games." is not the same of two teams."""

FEWEST_SHINGLES = 12
"""Different shingles that it must have: a word that is repeated says nothing."""

LONGEST = 1 << 20
"""Code points of a text that is compared so: 40 MB of shingles for each of two. Of longer ones (books in one piece)
only exact copies and paragraphs are found; they are counted."""

NEAR_LEAST = 0.7
"""Jaccard of a copy: about one word in thirty changed, or a third added."""

VERSION_LEAST = 0.1
"""Jaccard of the same path and title in another source: below, it was written anew, and nothing is said."""

GROWN_LEAST = 0.5
"""Jaccard of the same title in another source where one holds nearly all of the other (`CONTAINED_LEAST`): it
has grown, to twice as much at the most."""

VERSION_TOKENS = 50
"""Tokens from which a title that each of two sources has once is taken for the same article at `NEAR_LEAST`."""

CONTAINED_LEAST = 0.9
"""Share of a text's shingles that a longer one must have for it to be a stretch of that. At 0.8 articles on two rivers
passed for stretches, and those on a building and the ensemble that it is a part of."""

LONGER = 1.25
"""How much longer, in tokens, a text must be for another to be a stretch of it: else the two are copies or none."""

DUPLICATES = pa.schema(
    [
        pa.field("article", pa.int64(), nullable=False),
        pa.field("kept", pa.int64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("jaccard", pa.float64(), nullable=False),
        pa.field("contained", pa.float64(), nullable=False),
        pa.field("containing", pa.float64(), nullable=False),
    ]
)
PARAGRAPHS = pa.schema(
    [
        pa.field("article", pa.int64(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("same", pa.int64(), nullable=False),
        pa.field("articles", pa.int32(), nullable=False),
        pa.field("lead", pa.bool_(), nullable=False),
    ]
)

TABLES = (
    Table(name="duplicates", schema=DUPLICATES, repeating=("kind",)),
    Table(name="paragraphs", schema=PARAGRAPHS),
)
SUMMARY = "summary.json"
"""What was looked at, found and passed over, in numbers."""
