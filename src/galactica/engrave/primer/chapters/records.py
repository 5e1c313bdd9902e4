"""Chapter: an article's record: CBOR, the fields, a real record taken apart; how to read the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.engrave.primer.document import COLUMNS, Piece, dashed, h1, h2, listing, p, ruled_table, steps
from galactica.engrave.primer.practice import PracticeSheet
from galactica.engrave.primer.worked.walking import RecordStep, record_steps

_KINDS = (
    ("0", "a whole number: n itself"),
    ("2", "a byte string: n bytes follow, which are no text"),
    ("3", "a text: n bytes follow, which are letters in UTF-8 (the chapter before)"),
    ("4", "a list: n items follow"),
    ("5", "a map: n pairs follow; each is two items, a key (always a text) and its value"),
)

_FIELDS = (
    ("id", "byte string of 16 bytes", "the article's number: no other article has it"),
    ("path", "text", "where it lay in its source; links of other articles name it"),
    ("title", "text", "what the article is about: its heading"),
    ("body", "text", "the article itself, with tags (see below)"),
    ("source", "text", "which source it comes from"),
    ("url", "text", "where people could read it in the network of that time"),
    ("aliases", "list of lists", "other titles: each [title] or [title, path]"),
    ("licence", "text", "who may copy it, where this is not what its source says of all"),
    ("language", "text", "language: en English, zh Chinese (zh-Hans short letters, zh-Hant full ones), es Spanish ..."),
    ("modified", "text", "when it was last changed: year-month-dayThour:minute:secondZ"),
    ("revision", "text", "number of its version in the source"),
    ("categories", "list of texts", "kinds of things it belongs to"),
    ("work, part", "text, number", "the book it is a part of (its path); which part, from 1"),
    ("headings", "list of texts", "headings above it in that book"),
    ("creators", "list of texts", "who wrote it"),
    ("published", "text", "when it was published"),
    ("identifiers", "list of texts", "its names in other catalogues, as scheme:value"),
)

_TAGS = (
    ("p", "a paragraph"),
    ("h2 to h6", "a heading; h2 is the largest"),
    ("ul, ol, li", "a list, a numbered list, one item of either"),
    ("dl, dt, dd", "a list of terms: the term, what is said of it"),
    ("table, caption", "a table, its heading"),
    ("thead, tbody, tfoot", "head, middle and foot of a table: they hold rows"),
    ("tr, th, td", "a row of a table, a heading cell, a cell"),
    ("b, strong, i, em", "text that stands out: heavy, heavy, slanted, slanted"),
    ("a", "a link; href says where it leads: to the article with this path"),
    ("sup, sub", "raised (10<sup>3</sup> is ten to the power of three), lowered"),
    ("blockquote, q", "what somebody else said or wrote"),
    ("pre, code", "text whose spaces and line ends matter; a program"),
    ("br, hr", "a new line; a line across. These two, img, source and track have no end tag"),
    ("figure, img, figcaption", "a picture. Pictures are not on the sheets, only the words beside them (alt)"),
    ("math and m...", "a formula: mi a name, mn a number, mo an operator, mfrac a fraction (above, below),"),
    ("", "msup a power (base, power), msqrt a square root; alttext is the same in the language TeX"),
    ("div, span, section, aside", "a part of the text without a look of its own"),
)


def records_chapter(number: int, record: bytes, practice: PracticeSheet) -> Iterator[Piece]:
    """How a record is read.

    Args:
        record: of an article of this printing, for the example.
        practice: the practice sheet, whose first article is the other example.
    """
    yield h1(f"{number}. An article's record")
    yield p(
        """Each article is one record: a map from names to values. How it is written as bytes is called CBOR. A
        record is one item. Each item begins with a byte: its three highest bits (7, 6, 5) are the kind, the five
        lowest a number s. From s comes a number n: if s is less than 24, n = s. If s is 24, n is the next byte. If
        s is 25, 26 or 27, n is the number in the next 2, 4 or 8 bytes, big-endian. Then, by the kind:"""
    )
    yield ruled_table(["kind", "what the item is"], _KINDS)
    yield p(
        "Other kinds, and other values of s, do not occur. A field that is empty is left out. The names, in articles:"
    )
    yield ruled_table(["name", "kind of value", "what it is"], _FIELDS)
    yield p(
        """A record of a source says where articles come from, and who may copy them. Its key is what an article has
        as source; title, publisher, creators (list), url, date, licence and attribution (the sentence that is to be
        shown) are texts for people. A record of a work (a book) has source, path (what an article has as work),
        title and the like."""
    )
    yield p(
        f"""Example: a record of this printing, of {len(record):,} bytes. On the left the number of the item's first
        byte, then its bytes (of long values the first ten), then what they mean."""
    )
    yield listing(*_walked(record_steps(record)))
    own = practice.records[0]
    yield p(f"The first article of the practice sheet is a record of {len(own):,} bytes:")
    yield listing(*_walked(record_steps(own)))
    yield h2("How to read the body")
    yield p(
        """The body is text with tags, as pages of the network of our time had it (HTML). A tag stands between <
        and >. A start tag is <name>, or with attributes <name attribute="value">. An end tag is </name>. What
        stands between the two is inside of the tag. In the text itself, &lt; means <, &gt; means >, &amp; means
        &, and in values of attributes &quot; means "; neither < nor > stands there as itself. To read an
        article without any trouble:"""
    )
    yield steps(
        """Put a new line before and after each tag of these names: p, h2 to h6, li, tr, table, caption, dt, dd,
        blockquote, pre, figure, figcaption, div, section; and in place of br. Put a wide space after each td and
        th.""",
        "Leave out everything between < and >, with the two signs.",
        'Put <, >, " and & in place of &lt; &gt; &quot; &amp;, this one last.',
    )
    yield ruled_table(["tag", "what is inside"], _TAGS)
    yield dashed(
        """Where href begins with "./", the rest is the path of another article of the same source; in it, % and two
        hexadecimal signs stand for a byte (%20 is a space). Where it begins with "#", it is a place in the same
        article, the tag whose attribute id is the rest. Others lead to the network of that time.""",
        'A number in <sup role="doc-noteref"> is a mark of a footnote, which stands at the end of the article.',
    )


def _walked(found: Sequence[RecordStep]) -> Iterator[str]:
    yield f"{'byte':>6}  {'bytes':<41}  meaning"
    for step in found:
        shown = step.raw.hex(" ")
        lead = "  " * step.depth
        told = lead + step.meaning
        if len(shown) > 41:
            shown = shown[:38] + "..."
        yield f"{step.at:6d}  {shown:<41}  {told[: COLUMNS - 51]}"
        for begin in range(COLUMNS - 51, len(told), COLUMNS - 53):
            yield " " * 53 + told[begin : begin + COLUMNS - 53]
