"""Cards of people and organisations (.vcf): each is an article, called by its name.

Versions 2.1 (quoted-printable, a character set of its own), 3 and 4. Pictures, sounds, keys and what only programs read
are counted. Standard: RFC 6350 (4), RFC 2426 (3), versit vCard 2.1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from galactica.model import Rejected
from galactica.sources import leaf
from galactica.sources.content_lines import Component, ContentLine, content_components
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.records import FileRecord, field_names, record_documents
from galactica.sources.trees import TreeFile

_TOLD = frozenset(("VERSION", "FN", "NOTE", "CATEGORIES"))
_UNTOLD = frozenset(
    ("PRODID", "REV", "UID", "CLIENTPIDMAP", "CLASS", "SORT-STRING", "XML", "MAILER", "PROFILE", "SOURCE")
)
_FAMILY_FIRST = re.compile("[\u3400-\u9fff\uac00-\ud7a3]+\\Z")
_FILES = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))
_TYPES = frozenset(("PREF", "INTERNET", "VOICE", "X400", "TEXT"))


def recognise(name: str, head: bytes) -> int:
    """95 for what begins as a card does."""
    return 95 if leaf.text_head(head)[:11].upper() == "BEGIN:VCARD" else 0


def read_cards(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield an article for each card."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    root, lost = content_components(text)
    cards = [_record(each, lost if not number else 0) for number, each in enumerate(root.walk("VCARD"))]
    yield from record_documents(cards, entry.path, key)


def _record(card: Component, lost: int) -> FileRecord:
    dropped: Counter[str] = Counter({"vcard:line": lost})
    full, parts = card.said("FN"), card.first("N")
    spoken = _spoken(parts) if parts else ""
    title = full or spoken or card.said("ORG").replace(";", ", ")
    fields: list[tuple[str, str]] = []
    for line in card.lines:
        if line.name in _TOLD or (line.name == "N" and spoken in (title, "")):
            continue
        if line.name in _FILES:
            dropped[f"vcard:{line.name.lower()}"] += 1
        elif line.name in _UNTOLD or line.name.startswith("X-"):
            dropped["vcard:for-programs"] += 1
        else:
            fields.append((_called(line), _value(line)))
    notes = (line.text() for line in card.lines if line.name == "NOTE")
    nicknames = [each for line in card.lines if line.name == "NICKNAME" for each in line.texts(",")]
    return FileRecord(
        title=title,
        text="\n\n".join(notes),
        fields=tuple(fields),
        aliases=(*(line.text() for line in card.lines if line.name == "FN"), spoken, *nicknames),
        categories=tuple(each for line in card.lines if line.name == "CATEGORIES" for each in line.texts(",")),
        url=card.said("URL"),
        dropped=tuple(sorted(dropped.items())),
    )


def _spoken(line: ContentLine) -> str:
    """A name that is kept in parts (family; given; middle; before; behind) as it is spoken: in Chinese characters and
    Hangul the family's comes first, and no space between."""
    family, given, middle, before, behind = (*line.texts(";"), "", "", "", "", "")[:5]
    if family and given and _FAMILY_FIRST.match(f"{family}{given}{middle}"):
        return f"{before}{family}{given}{middle}{behind}"
    return " ".join(part for part in (before, given, middle, family, behind) if part)


def _called(line: ContentLine) -> str:
    told = field_names("vcard").get(line.name, line.name.replace("-", " ").capitalize())
    kinds = [each for each in line.parameters.get("TYPE", "").split(",") if each and each.upper() not in _TYPES]
    return f"{told} ({', '.join(each.lower() for each in kinds)})" if kinds else told


def _value(line: ContentLine) -> str:
    if line.name in ("ADR", "ORG", "N", "GENDER"):
        return ", ".join(part.replace("\n", ", ") for part in line.texts(";") if part)
    text = line.text()
    if line.name in ("BDAY", "ANNIVERSARY", "DEATHDATE") and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text.removeprefix("tel:").removeprefix("mailto:")


LEAF = Leaf(name="vcard", suffixes=(".vcf", ".vcard"), recognise=recognise, read=read_cards, whole=True)
FORMAT = file_format(LEAF)
