"""What lies in `index/text/`: the files, their schemas and the one small record that says what they were made from.

```
text.json          format version, root of the edition ("" while unknown), articles, the shards
standing.bin       for every row two bytes, zlib: how much it is linked to, how long it is
titles/            a tantivy index with one document for each title and alias, and for each without the marks in it
words-NAME/        a tantivy index with one document for each article, one folder for each analyser in use
```

One index for each analyser, not one field each in a single index: mean lengths and document counts, on which BM25
rests, stay right for every language, no language need be known before the first article comes, and a schema never
changes. Words are kept with frequencies, without positions: by article, with positions left out, they take 17 MB for
205 MB of text (positions: 38 MB). What positions would do is done on the text of the best articles (`passages`).
Source: docs/decisions/0004-words-by-article.md.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

from tantivy import Index, Schema, SchemaBuilder

from galactica.errors import EditionError

VERSION = 3
"""Version of this layout; an index of another version is made again, never guessed at. 3 (2026-11-28): letters that are
written for each other are one (`codes.variants`), words that marks hold together are indexed without those too."""

SAME_WORDS = frozenset("en da nl de es fi fr grams hu it no pt ro sv tr".split())
"""Analysers whose words in version 2 are all found as they are asked for now: an index of nothing but these is still
read, and only lacks what stands beside the words of hyphens, dots and apostrophes."""

RECORD = "text.json"
PROMINENCE = "standing.bin"
TITLES = "titles"
REMEDY = "Make the index again with `galactica index`."

LINK_STEPS = 16
LENGTH_STEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndexShard:
    """One tantivy index of words: `name` of its analyser and how many articles it holds."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndexRecord:
    """`text.json`: what the index was made from."""

    root: str
    articles: int
    shards: tuple[WordIndexShard, ...]
    version: int = VERSION

    def write(self, directory: Path) -> None:
        """Write it; last of all files, so that an unfinished index has none."""
        (directory / RECORD).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> WordIndexRecord:
        """Read it back; `EditionError` where it is missing, broken or of another version."""
        try:
            found = json.loads((directory / RECORD).read_text(encoding="utf-8"))
            shards = tuple(WordIndexShard(name=str(s["name"]), articles=int(s["articles"])) for s in found["shards"])
            record = cls(
                root=str(found["root"]), articles=int(found["articles"]), shards=shards, version=int(found["version"])
            )
        except OSError as error:
            raise EditionError(f"There is no index of words in {directory}.", REMEDY) from error
        except (ValueError, KeyError, TypeError) as error:
            raise EditionError(f"The index of words in {directory} is damaged.", REMEDY) from error
        older = record.version == VERSION - 1 and all(shard.name in SAME_WORDS for shard in shards)
        if record.version != VERSION and not older:
            raise EditionError(f"The index of words in {directory} is of version {record.version}.", REMEDY)
        return record


def words_schema() -> Schema:
    """Schema of `words-NAME/`: terms of body and title with frequencies; language and source to filter by; the row."""
    builder = SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="body", index_option="freq")
    builder.add_text_field("title", tokenizer_name="title", index_option="freq")
    builder.add_unsigned_field("language", indexed=True)  # as numbers, because texts are kept with their lengths
    builder.add_unsigned_field("source", indexed=True)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def label(text: str) -> int:
    """The number that a language tag or a source's key is indexed as: the first 48 bits of its BLAKE2b."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=6).digest(), "big")


def titles_schema() -> Schema:
    """Schema of `titles/`: the key to look up, the row, and what ranks it.

    Names as written are the edition's (`Edition.names`): here again they would be half of the folder.
    """
    builder = SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("row", fast=True)
    builder.add_integer_field("weight", fast=True)
    return builder.build()


def create(directory: Path, schema: Schema) -> Index:
    """A new, empty tantivy index in a new folder."""
    directory.mkdir(parents=True)
    return Index(schema, str(directory))


def title_rank(prominence: int, key: str) -> int:
    """What titles are sorted by: how prominent the article is (0 to 510), less two for each of up to 50 characters."""
    return max(0, prominence + 100 - 2 * min(50, len(key)))


def link_step(links: int) -> int:
    """A count of incoming links on a logarithmic scale, 0 to 255: 16 steps for each doubling."""
    return min(255, round(LINK_STEPS * math.log2(1 + links)))


def length_step(characters: int) -> int:
    """A length in characters on a logarithmic scale, 0 to 255: 12 steps for each doubling."""
    return min(255, round(LENGTH_STEPS * math.log2(1 + characters)))
