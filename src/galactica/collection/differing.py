"""Where sources differ, as a reader is shown it: each side with its words, when it holds, and whom a reader believes.

Sides stand in the order of time, those without a date last; nothing is put first because of who says it. A quotation is
the row, item or sentence that was read, out of the article as it is now in the edition; of a statement, the statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from galactica.claims.property_table import property_label
from galactica.collection.statements import StatementWords
from galactica.edition import Edition
from galactica.edition.source_titles import source_titles
from galactica.joining.disagreements.group import ClaimGroup, DatedClaim, GroupKind, within_one_article
from galactica.joining.disagreements.kept import Disagreements, disagreements_of, open_disagreements
from galactica.joining.disagreements.record import SourceRecord, source_records
from galactica.joining.disagreements.trust import LARGEST_TRUST, Belief, Trust, believed, read_trust
from galactica.languages import primary
from galactica.model import article_id
from galactica.model.claim import LIMITS
from galactica.model.projection import project

__all__ = [
    "LARGEST_TRUST",
    "Disagreements",
    "GroupKind",
    "SourceRecord",
    "Trust",
    "open_disagreements",
    "read_trust",
    "source_records",
]

LONGEST_QUOTE = 400
"""Characters of a quotation: a long sentence. Of a longer one the part around its value is shown."""

MOST_CLAIMS_SHOWN = 12
"""Claims of one side that are shown; how many more say so is told."""

MOST_GROUPS = 500
"""Groups of one article that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """What one place says.

    Attributes:
        source: what a person calls the source; `key` is its key.
        title, language, path: of the article; `title` of a statement that of the article about its subject, else "".
        id: of the article; b"" of a statement.
        quote: in its words.
        mark: (start, end) in `quote` of the value; (0, 0) where it is not known.
        start, end: of the quotation in the article's text.
        time: when it holds (EDTF); "" where nobody says it.
        basis: "said" by the claim, "source": the date of the source; "".
        limits: "reported", "negated", "planned", "estimated", "disputed", "former": why it does not count.
    """

    source: str
    key: str
    title: str
    language: str
    path: str
    id: bytes
    quote: str
    mark: tuple[int, int]
    start: int
    end: int
    time: str
    basis: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSide:
    """A value, and who says so.

    Attributes:
        value: in words.
        reasons: why what is written apart is one value: "rounding", "precision", "calendars", "part".
        more: how many more say so.
        sources: how many sources do.
    """

    value: str
    claims: tuple[ShownClaim, ...]
    reasons: tuple[str, ...]
    more: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """The claims of one topic and property.

    Attributes:
        title: what the topic is called: by its article that comes first by source and path; "" where it has none.
        property: its id; `called` is its name.
        subject, scope: what of the topic it is about; "".
        within: whether all sides stand in one article.
        belief: what the reader's trust makes of it.
        left_out: claims beside these.
    """

    topic: str
    title: str
    property: str
    called: str
    subject: str
    scope: str
    kind: GroupKind
    sides: tuple[ShownSide, ...]
    beside: tuple[ShownClaim, ...]
    within: bool
    belief: Belief
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Of what kind a group is, and which side of it is believed."""

    kind: GroupKind
    belief: Belief


def differing_here(edition: Edition, source: str, path: str) -> int:
    """How many groups of what an article is about differ; 0 where the claims have not been compared."""
    found = disagreements_of(edition)
    if found is None:
        return 0
    topics = dict.fromkeys(found.topics_of(source, path))
    return sum(kind == GroupKind.DIFFER for topic in topics for kind in found.kinds(topic))


def _each_once(claims: Sequence[DatedClaim]) -> list[DatedClaim]:
    """Claims without the statements of a source whose article says the same of the same time, in its own words."""
    written = {(each.claim.source, each.time) for each in claims if each.claim.origin != "statement"}
    return [c for c in claims if c.claim.origin != "statement" or (c.claim.source, c.time) not in written]


class Differing:
    """Shows the compared claims of one edition; it stays open as long as this is used.

    Args:
        language: that names of properties and numbers are written in.

    Raises:
        StepMissingError: its claims have not been compared.
    """

    def __init__(self, edition: Edition, language: str = "en") -> None:
        self.edition = edition
        self._found = open_disagreements(edition)
        self._language = primary(language)
        self._words = StatementWords(edition, self._language)
        self._sources = source_titles(edition.sources)

    def records(self) -> list[SourceRecord]:
        """How often others confirm each source."""
        return source_records(self._found)

    def kinds(self, *, name: str = "", trust: Trust | None = None) -> Iterator[Decided]:
        """Of what kind all groups are, or those of one property, and which side of each is believed."""
        for group in self._found.groups(property=name):
            yield Decided(kind=group.kind, belief=believed(group, trust) if trust is not None else Belief())

    def all_groups(
        self, *, name: str = "", trust: Trust | None = None, kinds: Collection[str] = ()
    ) -> Iterator[ShownGroup]:
        """All groups, or those of one property, or of some kinds."""
        found = (group for group in self._found.groups(property=name) if not kinds or group.kind in kinds)
        return self._shown(found, trust)

    def about(self, row: int, *, name: str = "", trust: Trust | None = None) -> list[ShownGroup]:
        """The groups of what the article in a row is about, the most wanted first (`GroupKind`)."""
        head = self.edition.head(row)
        topics = dict.fromkeys(self._found.topics_of(head.source, head.path))
        groups = [
            group for topic in topics for group in self._found.groups(topic=topic) if name in ("", group.property)
        ]
        order = list(GroupKind)
        groups.sort(key=lambda group: (order.index(group.kind), group.property, group.subject, group.scope))
        return list(self._shown(groups[:MOST_GROUPS], trust))

    def _shown(self, groups: Iterable[ClaimGroup], trust: Trust | None) -> Iterator[ShownGroup]:
        for group in groups:
            sides = tuple(
                ShownSide(
                    value=self._value(side.kind, side.value, side.unit, side.claims[0].claim.source),
                    claims=tuple(map(self._claim, said[:MOST_CLAIMS_SHOWN])),
                    reasons=side.reasons,
                    more=max(0, len(said) - MOST_CLAIMS_SHOWN),
                    sources=len(side.sources),
                )
                for side in group.sides
                if (said := _each_once(side.claims))
            )
            beside = tuple(map(self._claim, group.beside[:MOST_CLAIMS_SHOWN]))
            titles = [each.title for side in sides for each in side.claims if each.title]
            yield ShownGroup(
                topic=group.topic,
                title=titles[0] if titles else "",
                property=group.property,
                called=self.called(group.property),
                subject=group.subject,
                scope=group.scope,
                kind=group.kind,
                sides=sides,
                beside=beside,
                within=within_one_article(group),
                belief=believed(group, trust) if trust is not None else Belief(),
                left_out=group.left_out + max(0, len(group.beside) - MOST_CLAIMS_SHOWN),
            )

    def called(self, name: str) -> str:
        """What a property is called."""
        return property_label(name, self._language)

    def _value(self, kind: str, value: str, unit: str, source: str) -> str:
        if kind == "quantity":
            return self._words.value(source, kind, value, unit)[0]
        return self._words.value(source, kind, value, "")[0][:LONGEST_QUOTE]

    def _claim(self, dated: DatedClaim) -> ShownClaim:
        claim = dated.claim
        key = claim.source
        title, language, identity, quote, mark, start, end = self._quoted(dated)
        return ShownClaim(
            source=self._sources.get(key) or key,
            key=key,
            title=title,
            language=language,
            path=claim.path,
            id=identity,
            quote=quote,
            mark=mark,
            start=start,
            end=end,
            time=dated.time,
            basis=dated.basis,
            limits=tuple(each.property for each in claim.qualifiers if each.property in LIMITS),
        )

    def _quoted(self, dated: DatedClaim) -> tuple[str, str, bytes, str, tuple[int, int], int, int]:
        """Title, language, id, quotation, mark and span of what a claim was read from."""
        claim = dated.claim
        if claim.origin == "statement":
            value = self._value(claim.kind, claim.value, claim.unit, claim.source)
            called = self.called(claim.property)
            more = [
                f"{self.called(q.property)}: {self._words.value(claim.source, q.kind, q.value, q.unit)[0]}"
                for q in claim.qualifiers
            ]
            quote = f"{called}: {value}" + (f" ({'; '.join(more)})" if more else "")
            subject = self._words.value(claim.source, "item", claim.subject, "")[0] if claim.subject else ""
            return subject, "und", b"", quote[:LONGEST_QUOTE], (0, 0), 0, 0
        identity = article_id(claim.source, claim.path)
        row = self.edition.row_of(identity)
        if row is None:
            return "", "und", identity, "", (0, 0), 0, 0
        article = self.edition.article(row)
        text = project(article.body)
        start, end = max(0, claim.start), min(len(text), claim.end)
        if end - start > LONGEST_QUOTE:
            middle = max(start, min(claim.value_start, end))
            start = max(start, middle - LONGEST_QUOTE // 2)
            end = min(end, start + LONGEST_QUOTE)
        mark = claim.value_start - start, claim.value_end - start
        inside = 0 <= mark[0] < mark[1] <= end - start
        return article.title, article.language, identity, text[start:end], mark if inside else (0, 0), start, end
