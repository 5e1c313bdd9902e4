"""Lists of references: BibTeX and BibLaTeX (.bib), RIS (.ris). Each reference is an article, called by its title.

Its authors, year and numbers are the article's, its abstract the text, all fields a table, letters of TeX resolved.
Abbreviations (@string) are put in. What is no entry is counted. Formats: BibTeX 0.99d, BibLaTeX 3; RIS as reference
managers write it (two letters, two spaces, a dash).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.model import Rejected
from galactica.sources import imprint, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.records import FileRecord, field_names, record_documents
from galactica.sources.tex_letters import plain_tex
from galactica.sources.trees import TreeFile

_ENTRY = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]{1,40})[ \t]*[{(]", re.MULTILINE)
_BIBTEX = re.compile(r"(?:\s*%[^\n]*\n)*\s*@[A-Za-z]{1,40}\s*[{(]\s*[^\s,{}=]{0,200}\s*[,=]")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+-]{0,60})\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#=]+")
_RIS = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
_NOT_TOLD = frozenset(("title", "abstract", "keywords", "file", "owner", "timestamp", "bdsk-file-1", "date-added"))
_FOR_PROGRAMS = frozenset(("file", "owner", "timestamp", "date-added", "date-modified", "groups", "__markedentry"))
_AUTHORS = ("author", "editor")


def recognise(name: str, head: bytes) -> int:
    """90 for what begins as a list of references does, 40 for a file named .bib with an entry in it."""
    start = leaf.text_head(head)
    if start.startswith("TY  - "):
        return 92
    if leaf.suffix_of(name) == ".bib":
        return 90 if _ENTRY.search(start) else 40 if start else 0
    return 90 if start.startswith(("@", "%")) and _BIBTEX.match(start) else 0


def read_references(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield an article for each reference."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    found = _ris(text) if text.lstrip().startswith("TY  - ") else _bibtex(text)
    yield from record_documents(found, entry.path, key)


def _bibtex(text: str) -> Iterator[FileRecord]:
    """The entries of BibTeX; one that is broken costs itself."""
    starts = list(_ENTRY.finditer(text))
    words: dict[str, str] = {}
    for number, found in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        kind = found[1].lower()
        if kind in ("comment", "preamble"):
            continue
        inside = text[found.end() : end]
        if kind == "string":
            words.update(_fields(inside, words)[0])
            continue
        key, comma, rest = inside.partition(",")
        if not comma:
            continue
        fields, lost = _fields(rest, words)
        yield _reference(kind, key.strip(), {name: plain_tex(value) for name, value in fields.items()}, fields, lost)


def _fields(text: str, words: dict[str, str]) -> tuple[dict[str, str], int]:
    """(field in lower case → value as it is written, how many pieces were none)."""
    fields: dict[str, str] = {}
    at = 0
    while found := _NAME.match(text, at):
        value, at = _value(text, found.end(), words)
        name = found[1].lower()
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields, int(bool(text[at:].strip(" \t\r\n,})")))


def _value(text: str, at: int, words: dict[str, str]) -> tuple[str, int]:
    """(a value, put together where it has several pieces, where it ends)."""
    pieces: list[str] = []
    while at < len(text):
        if text[at] in '{"':
            piece, at = _braced(text, at)
        elif bare := _BARE.match(text, at):
            piece, at = words.get(bare[0].lower(), bare[0]), bare.end()
        else:
            break
        pieces.append(piece)
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != "#":
            break
        at += 1
        while at < len(text) and text[at].isspace():
            at += 1
    return "".join(pieces), at


def _braced(text: str, at: int) -> tuple[str, int]:
    """What stands between braces or quotes, and where it ends; of what does not end, all."""
    quoted = text[at] == '"'
    depth = 0
    for mark in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(text, at + 1):
        sign = mark[0]
        if sign == "{":
            depth += 1
        elif (sign == "}" and not quoted and not depth) or (sign == '"' and quoted and depth <= 0):
            return text[at + 1 : mark.start()], mark.end()
        elif sign == "}":
            depth -= 1
    return text[at + 1 :], len(text)


def _reference(kind: str, key: str, said: dict[str, str], written: dict[str, str], lost: int) -> FileRecord:
    names = field_names("references")
    people = {field: [_person(each) for each in _people(written.get(field, ""))] for field in _AUTHORS}
    rows = [(names["kind"], names.get(f"@{kind}", kind))]
    for field, value in said.items():
        if field in _NOT_TOLD or field in _FOR_PROGRAMS:
            continue
        shown = ", ".join(people[field]) if field in people else value
        rows.append((names.get(field, field.capitalize()), shown))
    title = said.get("title", "")
    subtitle = said.get("subtitle", "")
    return FileRecord(
        title=f"{title}: {subtitle}" if title and subtitle else title or said.get("booktitle", "") or key,
        key=key,
        text=said.get("abstract", ""),
        fields=tuple(rows),
        categories=tuple(each.strip() for each in re.split(r"[;,]", said.get("keywords", "")) if each.strip()),
        creators=tuple(people["author"] or people["editor"]),
        published=imprint.edtf(said.get("date", "") or said.get("year", "")),
        identifiers=tuple(_numbers(said.get("doi", ""), said.get("isbn", ""))),
        url=said.get("url", ""),
        dropped=(("bibtex:piece", lost), ("bibtex:for-programs", sum(1 for each in said if each in _FOR_PROGRAMS))),
    )


def _people(written: str) -> list[str]:
    """The names in a field, parted by "and" outside of braces."""
    out: list[str] = []
    depth = start = 0
    for mark in re.finditer(r"[{}]|\s+and\s+", written):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0:
            out.append(written[start : mark.start()])
            start = mark.end()
    return [each.strip() for each in (*out, written[start:]) if each.strip()]


def _person(written: str) -> str:
    """A name as it is spoken: "Lind, Jr., Ada" is Ada Lind Jr."""
    if written.startswith("{") and written.endswith("}"):
        return plain_tex(written)
    parts = [plain_tex(each) for each in written.split(",")]
    if len(parts) == 1:
        return parts[0]
    return " ".join(part for part in (parts[-1], parts[0], *parts[1:-1]) if part)


def _numbers(doi: str, isbn: str) -> Iterator[str]:
    if told := imprint.identifier_told(doi, "doi"):
        yield told
    if number := imprint.isbn(isbn):
        yield f"isbn:{number}"


def _ris(text: str) -> Iterator[FileRecord]:
    """The references of RIS: "TY" begins one, "ER" ends it."""
    fields: list[tuple[str, str]] = []
    lost = 0
    for line in text.split("\n"):
        found = _RIS.match(line.rstrip())
        if found is None:
            if fields and line.strip():
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            else:
                lost += bool(line.strip())
        elif found[1] in ("ER", "TY"):
            if fields:
                yield _of_ris(fields, lost)
                lost = 0
            fields = [("TY", found[2].strip())] if found[1] == "TY" else []
        else:
            fields.append((found[1], found[2].strip()))
    if fields:
        yield _of_ris(fields, lost)


def _of_ris(fields: list[tuple[str, str]], lost: int) -> FileRecord:
    names = field_names("ris")
    said: dict[str, str] = {}
    for tag, value in fields:
        if value:
            said.setdefault(tag, value)
    rows: dict[str, list[str]] = {}
    for tag, value in fields:
        if value and tag not in ("TI", "T1", "AB", "N2", "KW", "ID", "L1", "L4"):
            shown = (
                names.get(f"TY-{value}", value)
                if tag == "TY"
                else _person(value)
                if tag in ("AU", "A1", "A2", "ED")
                else value
            )
            rows.setdefault(names.get(tag, tag), []).append(shown)
    authors = [_person(value) for tag, value in fields if tag in ("AU", "A1") and value]
    return FileRecord(
        title=said.get("TI") or said.get("T1") or said.get("T2", ""),
        key=said.get("ID", ""),
        text=said.get("AB") or said.get("N2", ""),
        fields=tuple((name, ", ".join(values)) for name, values in rows.items()),
        categories=tuple(value for tag, value in fields if tag == "KW"),
        creators=tuple(authors),
        published=imprint.edtf((said.get("PY") or said.get("Y1") or said.get("DA", "")).strip("/").replace("/", "-")),
        identifiers=tuple(_numbers(said.get("DO", ""), said.get("SN", ""))),
        url=said.get("UR", ""),
        dropped=(("ris:line", lost), ("ris:for-programs", sum(1 for tag, _ in fields if tag in ("L1", "L4")))),
    )


LEAF = Leaf(name="references", suffixes=(".bib", ".ris"), recognise=recognise, read=read_references, whole=True)
FORMAT = file_format(LEAF)
