"""RDF: N-Triples, N-Quads, Turtle and TriG, each triple a statement; a Wikibase's own is read as its entities are.

Rules:
1. A triple is a statement: subject and property are the addresses themselves, which are identifiers; the value is
   what its datatype says (`rdf_values`). A resource is an article, called as it is named (rdfs:label, foaf:name …),
   else by the last part of its address; triples that stand together are its rows. Blank nodes are statements alone.
2. Where the beginning speaks Wikibase's vocabulary, triples are put together to entities (`rdf_entities`).
3. What is broken costs itself: of lines the line, of Turtle what is up to the next full stop; each is rejected.

Parsed by pyoxigraph, as a stream. Standards: RDF 1.1 N-Triples, N-Quads, Turtle, TriG (W3C, 2014).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, BinaryIO, cast

from galactica.errors import MissingError
from galactica.languages import tag
from galactica.model import Document, Rejected, Source, SourceStatement
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.paths import clean_path
from galactica.sources.rdf_entities import WikibaseTriples, is_wikibase
from galactica.sources.rdf_values import Term, resource_identifier, term_value
from galactica.sources.trees import TreeFile, rejected

if TYPE_CHECKING:
    import pyoxigraph

NAME = "rdf"

MAX_ROWS = 2_000
"""Triples of one resource on its page; further ones are statements alone."""

MAX_BLANK = 500_000
"""Blank nodes of one file that are told apart: some 80 MB."""

NAMING = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
)
"""Properties that name a resource, the surest first."""

_LINES = (".nt", ".nq")
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]{0,30}:[^<>\"{}|\\^`\x00-\x20]{0,4000}>"
_TRIPLE = re.compile(rf"(?:{_IRI}|_:\S{{1,200}})[ \t]+(?:{_IRI}|a)\s+(?:<|\"|_:|\[|[a-zA-Z]\w{{0,30}}:)")
_PREFIX = re.compile(rf"@?(?:prefix\s+[\w.-]{{0,60}}:|base)\s*{_IRI}", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:\s*#[^\n]*\n)+\s*")

Triple = tuple[Term, str, Term]


def recognise(name: str, head: bytes) -> int:
    """93 where a triple or a prefix of Turtle begins."""
    start = leaf.text_head(head)
    if start.startswith("#"):
        comments = _COMMENTS.match(start)
        start = start[comments.end() :] if comments else start
    return 93 if _TRIPLE.match(start) or _PREFIX.match(start) else 0


def describe(head: bytes, source: Source) -> Source:
    """Wikidata where the file is its; else what the file is called."""
    start = leaf.text_head(head)
    if not is_wikibase(start) or "www.wikidata.org/" not in start:
        return replace(source, language="mul" if source.language == "und" else source.language)
    return replace(
        source,
        key="wikidata",
        title="Wikidata",
        language="mul",
        licence="CC0-1.0",
        publisher="Wikimedia Foundation",
        url="https://www.wikidata.org/",
    )


def read_rdf(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield what the triples of a file say."""
    with entry.open() as stream:
        wikibase = is_wikibase(leaf.text_head(leaf.head_bytes(stream)))
        triples = _triples(stream, entry.path, key)
        if wikibase:
            yield from WikibaseTriples(key, options.language).items(triples)
        else:
            yield from _resources(triples, entry.path, key)


def _triples(stream: BinaryIO, path: str, key: str) -> Iterator[Triple | Rejected]:
    """The triples of a file, with what could not be read among them."""
    try:
        import pyoxigraph
    except ImportError as error:
        raise MissingError(
            "RDF is read by pyoxigraph, which is not installed", "pip install 'galactica[build]'"
        ) from error
    kinds = pyoxigraph.RdfFormat
    by_line = leaf.suffix_of(path) in _LINES
    kind = kinds.N_QUADS if by_line else kinds.TRIG if leaf.suffix_of(path) == ".trig" else kinds.TURTLE
    blanks: dict[str, str] = {}
    found = pyoxigraph.parse(input=stream, format=kind, lenient=True, base_iri=None)
    while True:
        try:
            quad = next(found)
        except StopIteration:
            return
        except SyntaxError as error:
            yield rejected(key, f"{path}:{error.lineno}", "bad-row", f"no RDF: {error.msg}"[:300])
            continue
        except MemoryError:
            yield rejected(key, path, "too-large", "one term of more than 16 MB; what follows is not read")
            return
        subject, held = _term(quad.subject, blanks), _term(quad.object, blanks)
        if len(blanks) > MAX_BLANK:
            yield rejected(key, path, "too-many", f"more than {MAX_BLANK:,} blank nodes; what follows is not read")
            return
        yield subject, quad.predicate.value, held


def _term(node: object, blanks: dict[str, str]) -> Term:
    """A node; blank ones are numbered as they come, for what stands in brackets has no name but one drawn by lot."""
    kind = type(node).__name__
    value = cast("pyoxigraph.NamedNode", node).value if kind != "Triple" else str(node)
    if kind == "Literal":
        literal = cast("pyoxigraph.Literal", node)
        return Term("literal", value, literal.language or "", literal.datatype.value)
    if kind == "NamedNode":
        return Term("iri", value)
    return Term("blank", blanks.setdefault(value, f"b{len(blanks) + 1}"))


def _resources(triples: Iterator[Triple | Rejected], path: str, key: str) -> Iterator[Item]:
    """Statements, and an article for each named resource whose triples stand together."""
    subject: Term | None = None
    rows: list[SourceStatement] = []
    number = 0
    for triple in triples:
        if isinstance(triple, Rejected):
            yield triple
            continue
        number += 1
        if subject is not None and triple[0] != subject:
            yield from _article(subject, rows, key)
            rows = []
        subject = triple[0]
        made = _statement(triple, f"{path}:{number}", key)
        if len(rows) < MAX_ROWS:
            rows.append(made)
        yield made
    if subject is not None:
        yield from _article(subject, rows, key)


def _statement(triple: Triple, place: str, key: str) -> SourceStatement:
    subject, property_, held = triple
    value = term_value(held, tag(held.language) or held.language if held.language else "")
    about = resource_identifier(subject.value) if subject.kind == "iri" else f"bnode:{subject.value}"
    return SourceStatement(
        source=key,
        path=place,
        subject=about,
        property=resource_identifier(property_),
        kind=value.kind,
        value=value.value,
        language=value.language,
        text=value.text,
    )


def _article(subject: Term, rows: list[SourceStatement], key: str) -> Iterator[Item]:
    """The article of a resource; none of a blank node."""
    named = [each for name in NAMING for each in rows if each.property == name and each.kind == "text"]
    path = clean_path(subject.value.partition("://")[2] or subject.value)
    if subject.kind != "iri" or path is None:
        return
    named.sort(key=lambda each: (NAMING.index(each.property), each.language not in ("en", "")))
    title = title_line(named[0].value if named else _short(subject.value).replace("_", " ")) or path
    cells = "".join(
        f'<tr><th scope="row">{escape(_short(each.property))}</th><td>{_shown(each)}</td></tr>' for each in rows
    )
    yield Document(
        source=key,
        path=path,
        title=title,
        markup="html",
        content=f"<p><b>{escape(title)}</b></p><table><tbody>{cells}</tbody></table>",
        language=named[0].language if named else "",
        aliases=tuple(dict.fromkeys(name for each in named if (name := title_line(each.value)) and name != title)),
        url=subject.value if subject.value.startswith(("http://", "https://")) and len(subject.value) <= 4_000 else "",
        identifiers=(rows[0].subject,) if rows[0].subject.startswith("wikidata:") else (),
    )


def _short(address: str) -> str:
    """The last part of an address: "http://xmlns.com/foaf/0.1/name" → "name"."""
    return re.split(r"[/#:]", address.rstrip("/#"))[-1] or address


def _shown(statement: SourceStatement) -> str:
    value = statement.value
    if statement.kind == "item" and value.startswith(("http://", "https://")):
        return f'<a href="{escape(value)}">{escape(_short(value).replace("_", " "))}</a>'
    spoken = f' lang="{escape(statement.language)}"' if statement.language else ""
    return f"<span{spoken}>{escape(value)}</span>" if spoken else escape(value)


LEAF = Leaf(
    name=NAME,
    suffixes=(".nt", ".nq", ".ttl", ".trig"),
    recognise=recognise,
    read=read_rdf,
    describe=describe,
    own=True,
)
FORMAT = replace(file_format(LEAF), parts=True, redirects=True)
