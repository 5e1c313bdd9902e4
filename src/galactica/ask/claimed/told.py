"""What the claims of an edition say of a property of a thing, as answers are marked: each side with all who say it.

1. The thing is the topic of the article with that name, so that what articles in other languages and of other sources
   say of it is found, too.
2. Of a property that changes with time the newest value is the answer, and what it was before is its series; where a
   year is asked for, what held then. Nobody's claim is left out because of who says it.
3. Values of a thing that has several are one answer, in the words of the one who names most of them.
   Of names in two scripts that could not be compared the one that is nearer to the question's language is given.
4. What is reported, planned or disputed is an answer only where nothing is said outright, never a sure one, and it is
   said; what is denied is none.
5. How likely it is right follows from how often claims of their kind were, where they were judged (`claims/judged.py`);
   sources that agree make it likelier, a topic that joins articles a little less.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import ClaimsOfArticles
from galactica.ask.claimed.choosing import ClaimedValues, newest, values_now
from galactica.ask.claimed.quoting import QuotedClaim, claim_limits, far_from, position, quoted_claims
from galactica.ask.holdings import ClaimedThings
from galactica.ask.nouns_asked import fits_noun
from galactica.ask.properties import AskedProperty
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.ask.wishes import COUNTING
from galactica.claims.property_table import known_properties
from galactica.codes.letters import title_key
from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, DatedClaim
from galactica.languages import primary
from galactica.model import Article, Position
from galactica.model.claim import ESTIMATED, NEGATED, Claim
from galactica.model.said import said

MOST_TOPICS = 4
"""Things of one name that are looked at."""

MOST_SAYING = 12
"""Sources of one value that are quoted."""

MOST_SIDES = 6
"""Values that cannot all be right."""

MOST_SERIES = 12
"""Values of other times that are shown, the newest of them."""

MOST_OTHERS = 5
"""Values besides."""

SAME_TOPIC = 0.99
"""How often articles of one topic are taken to be about the same thing: a guess, not measured."""

LIKELIEST = 0.99
"""More likely no answer is taken to be, whoever agrees, because sources copy each other: a guess, not measured."""

LIMITED = 0.6
"""How likely what is reported, planned or disputed is taken to be the answer, so that it is shown as probable: a guess,
not measured."""

ESTIMATES = said("said-estimate", "The source gives it as an estimate.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedClaims:
    """What a question wants of claims; nobody who looks for them needs more of it.

    Attributes:
        things: the claims.
        thing, property, form: of which thing; what, and what that is a value of.
        year: that is asked for; 0 for none.
        language: primary tag of the question's.
        allows: whether the person wants an article; None where all are wanted.
    """

    things: ClaimedThings
    thing: str
    property: AskedProperty
    year: int
    language: str
    allows: Callable[[Article], bool] | None


def told_by_claims(asked: Asked) -> list[Stated]:
    """What claims say of what a question asks for, best first; where the edition is not joined, the claims of the
    articles of the things that it names. Told once."""
    return asked.once("claims", lambda: _told(asked))


def _told(asked: Asked) -> list[Stated]:
    for wanted in _wanted(asked):
        found = [one for topic in topics_of(wanted.things, wanted.thing) for one in _of_topic(wanted, topic)]
        found = [one for one in found if fits_noun(asked.question.plain, _told_as(one))]
        if found:
            return found
    return []


def _told_as(one: Stated) -> str:
    return one.hit.text[one.start - one.hit.start : one.end - one.hit.start]


def _wanted(asked: Asked) -> Iterator[WantedClaims]:
    """What a question may want of claims, in order; of what is claimed by name it wants none where it asks how many."""
    things = asked.holdings.claimed or ClaimsOfArticles(asked.holdings)
    for wish in asked.wishes:
        names = wish.property.claims if wish.property is not None else ()
        counts = asked.question.plain.kind in COUNTING and not any(_is_quantity(each) for each in names)
        if wish.property is not None and names and not counts:
            yield WantedClaims(
                things=things,
                thing=wish.thing,
                property=wish.property,
                year=int(wish.year.rstrip("年")) if wish.year else 0,
                language=primary(asked.question.language),
                allows=asked.allows if asked.language or asked.sources else None,
            )


def _is_quantity(name: str) -> bool:
    return known_properties()[name].kind == "quantity"


def topics_of(things: ClaimedThings, name: str) -> list[str]:
    """The topics of things with a name, however its letters are written."""
    spellings = dict.fromkeys((name, name[:1].upper() + name[1:], name.title()))
    for each in spellings:
        found = things.topics_called(each)
        if found:
            return list(found[:MOST_TOPICS])
    return []


def _of_topic(wanted: WantedClaims, topic: str) -> list[Stated]:
    for name in wanted.property.claims:
        groups = [_allowed(wanted, group) for group in wanted.things.of(name, topic) if not group.subject]
        groups.sort(key=lambda group: bool(group.scope))
        for number, group in enumerate(groups):
            found = _stated(wanted, group)
            if found:
                return _narrower(wanted, found, groups[number + 1 :])
    return []


def _narrower(wanted: WantedClaims, found: list[Stated], groups: Sequence[ClaimGroup]) -> list[Stated]:
    """What is said, with what is said of a part of the thing, or of another sense of the property, told besides."""
    beside = [
        position(quoted)
        for group in groups
        for side in group.sides[-1:]
        if (quoted := quoted_side(wanted.things, side.claims, wanted.language))
    ]
    first = found[0]
    if not beside or first.claimed is None:
        return found
    others = (*first.claimed.others, *beside)[:MOST_OTHERS]
    side = replace(first.claimed, others=others)
    return [replace(each, claimed=side) if each.claimed == first.claimed else each for each in found]


def _allowed(wanted: WantedClaims, group: ClaimGroup) -> ClaimGroup:
    """A group without the claims of articles that the person does not want."""
    things, allows = wanted.things, wanted.allows
    if allows is None:
        return group

    def kept(claims: Iterable[DatedClaim]) -> tuple[DatedClaim, ...]:
        pages = ((each, things.page(each.claim)) for each in claims)
        return tuple(each for each, page in pages if page is not None and allows(page.article))

    sides = (replace(side, claims=kept(side.claims)) for side in group.sides)
    return replace(group, sides=tuple(side for side in sides if side.claims), beside=kept(group.beside))


def _stated(wanted: WantedClaims, group: ClaimGroup) -> list[Stated]:
    things, language = wanted.things, wanted.language
    values = values_now(group, wanted.year)
    if values is None:
        return []
    sides = [found for side in values.current if (found := quoted_side(things, side.claims, language))]
    apart = [found for side in values.uncompared if (found := quoted_side(things, side.claims, language))]
    near = min((far_from(language, side[0].page) for side in sides), default=math.inf)
    nearer = [side for side in apart if far_from(language, side[0].page) < near]
    others: tuple[Position, ...] = ()
    if values.several and (sides or nearer):
        sides, others = _as_one([*nearer, *sides], language)
    elif len(nearer) == 1:
        sides, others = nearer, tuple(map(position, sides))
    if not sides:
        return _limited(wanted, group, values)
    earlier = [found for side in values.earlier if (found := quoted_side(things, side.claims, language))]
    series = tuple(position(found) for found in earlier[-MOST_SERIES:])
    result = []
    for number, side in enumerate(sides[:MOST_SIDES]):
        told = OfClaims(
            side=_side_of(group, side[0].dated.claim),
            confidence=likely(side, wanted.thing),
            time=side[0].dated.time,
            basis=side[0].dated.basis,
            limits=claim_limits(side[0].dated.claim),
            series=series,
            others=others if number == 0 else (),
        )
        result += [
            _made(each, wanted, told, 1.0 - number * 1e-2 - place * 1e-4, len(sides) > 1)
            for place, each in enumerate(side)
        ]
    return result


def _side_of(group: ClaimGroup, claim: Claim) -> str:
    """What a value of a group is told apart by, from the other sides and from what another edition says of the same."""
    return f"{group.topic} {group.property} {claim.value} {claim.unit}"


def _made(each: QuotedClaim, wanted: WantedClaims, told: OfClaims, exact: float, rival: bool) -> Stated:
    one = made(each.page, each.start, each.end, each.first, each.last, exact)
    return replace(one, form=wanted.property.form, thing=title_key(wanted.thing), rival=rival, claimed=told)


def _limited(wanted: WantedClaims, group: ClaimGroup, values: ClaimedValues) -> list[Stated]:
    """What is not said outright, where nothing is: never what is denied."""
    limited = [each for each in values.limited if NEGATED not in claim_limits(each.claim)]
    found = quoted_side(wanted.things, limited, wanted.language)
    if not found:
        return []
    best = found[0]
    limits = claim_limits(best.dated.claim)
    note = said(
        "said-limits", "What is quoted is said with a limit: {limits}.", limits=[limit_words(each) for each in limits]
    )
    plain = set(limits) <= {ESTIMATED}
    told = OfClaims(
        side=_side_of(group, best.dated.claim),
        confidence=likely([best], wanted.thing) if plain else LIMITED * best.dated.claim.confidence,
        time=best.dated.time,
        basis=best.dated.basis,
        limits=limits,
        notes=(ESTIMATES if plain else note,),
    )
    return [_made(best, wanted, told, 1.0, False)]


def limit_words(limit: str) -> str:
    """What a limit is called, for a person."""
    words = {
        "reported": said("limit-reported", "reported"),
        "negated": said("limit-negated", "negated"),
        "planned": said("limit-planned", "planned"),
        "estimated": said("limit-estimated", "estimated"),
        "disputed": said("limit-disputed", "disputed"),
        "former": said("limit-former", "former"),
    }
    return words.get(limit, limit)


def quoted_side(things: ClaimedThings, claims: Sequence[DatedClaim], language: str) -> list[QuotedClaim]:
    """Claims where they stand: those in the language of the question first, then those in English; of each the newest
    first."""
    latest = sorted(claims, key=lambda each: newest(ClaimSide(value="", claims=(each,))), reverse=True)
    return quoted_claims(things, latest, MOST_SAYING, language)


def _as_one(
    sides: Sequence[Sequence[QuotedClaim]], language: str
) -> tuple[list[list[QuotedClaim]], tuple[Position, ...]]:
    """Values that a thing has side by side: as the one names them who names most in one row or sentence, and what
    others name besides."""
    rows: dict[tuple[str, str, int, int], list[QuotedClaim]] = {}
    for side in sides:
        for each in side:
            claim = each.dated.claim
            rows.setdefault((claim.source, claim.path, each.first, each.last), []).append(each)
    most = max(rows.values(), key=lambda row: (-far_from(language, row[0].page), len(row)))
    first = replace(most[0], start=min(each.start for each in most), end=max(each.end for each in most))
    named = {id(side) for side in sides for each in side if any(each is one for one in most)}
    others = tuple(position(side) for side in sides if id(side) not in named)
    return [[first]], others[:MOST_OTHERS]


def likely(quoted: Sequence[QuotedClaim], thing: str) -> float:
    """How likely a value is right that claims of several sources give."""
    best: dict[str, float] = {}
    for each in quoted:
        claim = each.dated.claim
        best[claim.source] = max(best.get(claim.source, 0.0), claim.confidence)
    wrong = 1.0
    for confidence in best.values():
        wrong *= 1.0 - confidence
    names = {title_key(each.page.article.title) for each in quoted}
    return min(LIKELIEST, (1.0 - wrong) * (1.0 if title_key(thing) in names else SAME_TOPIC))
