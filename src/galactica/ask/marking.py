"""What may answer: passages are read, and what is marked in them is weighed.

What counts is how far over its reader's threshold a margin is (`weighing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from galactica.ask.alike import Marked
from galactica.ask.asked import Asked
from galactica.ask.bare_nouns import bare_noun
from galactica.ask.bearing import of_another
from galactica.ask.celled import cells_asked
from galactica.ask.claimed.told import told_by_claims
from galactica.ask.constrained import contradicts
from galactica.ask.contract import AnswerSpan, Given
from galactica.ask.deaths import death_told
from galactica.ask.defining import LONGEST_DEFINITION, defined
from galactica.ask.ends import asked_end_of_life, one_end, plain_ends, what_it_became
from galactica.ask.finding import PassagesToRead
from galactica.ask.forms import LONGEST_REASON, formed
from galactica.ask.holdings import Page, place_of
from galactica.ask.inverse import inverse
from galactica.ask.kinship import another_relative
from galactica.ask.named import keys_of
from galactica.ask.phrased import phrased
from galactica.ask.phrased_unspaced import phrased_unspaced
from galactica.ask.question import ReadQuestion
from galactica.ask.ranking import Place, told_titles
from galactica.ask.reasons import reasons
from galactica.ask.rules import definitions
from galactica.ask.stated import stated
from galactica.ask.stated_value import stated_within
from galactica.ask.superlatives import says_most, superlative
from galactica.ask.tabled import names_column
from galactica.ask.tabular.singled import guessed_among_rows
from galactica.ask.weighing import behind, chance, discount, values
from galactica.ask.widening import sentence_around, whole_initials, with_point
from galactica.ask.worded import says_so
from galactica.codes.han import fold_han
from galactica.codes.letters import folded, title_key
from galactica.codes.turns import in_turn, is_asked
from galactica.languages import primary
from galactica.model import PassageHit

SPANS = 2
"""Stretches of one passage that are taken from the reader."""

UNDEFINED = 2.5
"""What a stretch counts less that says nothing of what X is, where that was asked: readers mark a word near X."""

SHAPELESS = 20.0
"""What a stretch counts less that does not have the form that the question wants, and what is asked in talk: it may be
shown, not answered."""

UNREASONED = 2.0
"""What a sentence counts less that is marked as a reason and has no word for one: who talks seldom says "because"."""

STATED = 8.0
"""What the value counts that an article states of its own thing."""

OPENING = 4
"""Characters at the beginning of an article that may stand before the name of its thing ("The")."""

TITLED = 3.0
"""What a definition counts more in the article whose title is what is to be defined."""


def read_passages(
    asked: Asked,
    hits: Sequence[PassageHit],
    found: Sequence[PassageHit] = (),
    begun: Mapping[Place, Given] = MappingProxyType({}),
    named: Sequence[Page] = (),
) -> list[Marked]:
    """What may answer in passages, best first: where an article states what is asked for in so many words, that and
    nothing else, else what the reader marks.

    Args:
        found: all that was found, whose articles may state it; none: `hits`.
        begun, named: as for `reader_marks`.
    """
    return stated_marks(asked, found or hits) or reader_marks(asked, hits, begun, named=named)


def reader_marks(
    asked: Asked,
    hits: Sequence[PassageHit],
    begun: Mapping[Place, Given],
    beside: Sequence[PassageHit] = (),
    named: Sequence[Page] = (),
) -> list[Marked]:
    """What the reader marks in passages, best first, widened to the form that the question wants; what cannot be is no
    answer.

    Args:
        begun: what the reader has begun already (`ranking.RankedPassages`).
        beside: others that were read for the question, the best of which counts for how far these are behind.
        named: the articles that the question names.
    """
    if not hits:
        return []
    best = max(hit.score for hit in (*hits, *beside))
    titles = told_titles(hits)
    given = [
        begun.get(place_of(hit)) or Given(text=hit.text, title=titles[hit.title], language=hit.language) for hit in hits
    ]
    spans = asked.reader.read(asked.question.text, given, most=SPANS)
    less = UNDEFINED if asked.question.sought.name else 0.0
    marked: list[Marked] = []
    for place, hit in enumerate(hits):
        here = [span for span in spans if span.passage == place]
        counted = values(asked.question, given[place], here, less=behind(best, hit.score), reader=asked.reader)
        glanced = given[place].begun
        relevant = None if glanced is None else glanced.relevant
        marked += [
            Marked(hit=hit, span=span, value=value - less, relevant=relevant)
            for span, value in zip(here, counted, strict=True)
        ]
    marked += _definitions(asked, hits, best)
    noun = bare_noun(asked.question, asked.wishes)
    side = asked_end_of_life(asked.question)
    marked = [
        _for_nothing(each) if _of_no_row(asked, each) else _in_form(asked.question, noun, side, each) for each in marked
    ]
    pages = {(page.edition, page.article.id) for page in named}
    marked = [replace(each, named=(each.hit.edition, each.hit.id) in pages) for each in marked]
    if asked.question.form == "person" and not asked.question.plain.sought.name:
        marked = [_not_itself(each) for each in marked]
    for place, each in enumerate(marked):
        if each.value >= 0 and says_so(asked.question, *_told(each.hit, each.span), each.hit.language):
            marked[place] = replace(each, worded=True)
    return sorted(marked, key=lambda each: -each.order)


def marks_worth_reading(asked: Asked, worth: PassagesToRead) -> list[Marked]:
    """What the reader marks in what is worth reading, best first; where none can be an answer, what can in `more`."""
    marked: list[Marked] = []
    for hits in (worth.hits, worth.more):
        if not any(each.value >= 0 for each in marked):
            found = reader_marks(asked, hits, worth.begun, beside=worth.hits, named=worth.named)
            marked += [each for each in found if each.value >= 0 or not marked]
    return sorted(marked, key=lambda each: -each.order)


def stated_marks(asked: Asked, hits: Sequence[PassageHit]) -> list[Marked]:
    """What is claimed of what is asked, where the edition is joined, else what articles state in so many words."""
    found = []
    told, language, joined = told_by_claims(asked), primary(asked.question.language), asked.holdings.claimed is not None
    if not (told and joined) or primary(told[0].hit.language) != language:
        read = stated(asked, hits)
        told = read if read and (not told or not joined or primary(read[0].hit.language) == language) else told
    said_so = phrased(asked, hits) or phrased_unspaced(
        asked, hits
    )  # of a name "the literal meaning of X is" comes before what X is
    told = (said_so if asked.question.plain.sought.name else []) or told or said_so or defined(asked)
    told = told or cells_asked(asked, hits) or death_told(asked) or reasons(asked, hits)
    for each in told or superlative(asked, hits) or inverse(asked, hits):
        each = stated_within(each, LONGEST_DEFINITION) if asked.question.plain.sought.name else each
        start, end = each.start - each.hit.start, each.end - each.hit.start
        text, value = each.hit.text[start:end], STATED + each.exact
        span = AnswerSpan(passage=0, start=start, end=end, text=text, score=chance(value), margin=value)
        found.append(Marked(hit=each.hit, span=span, value=value, stated=each))
    return found


def _in_form(question: ReadQuestion, noun: str, side: str, marked: Marked) -> Marked:
    """A stretch widened to the form that the question wants; one that has none counts for nothing.

    Args:
        noun: letters that its sentence or title must have; "" for none.
        side: which end of a life is asked for; "" for neither.
    """
    hit, span = marked.hit, marked.span
    wide = formed(question, hit.text, span.start, span.end, hit.language)
    if wide is not None:
        told = hit.text[slice(*sentence_around(hit.text, *wide))]
        said = f"{hit.title}. {told}"
        fits = noun in folded(fold_han(said)) and says_most(question, said, hit.language)
        fits = fits and not another_relative(question, hit.text, wide[0], hit.language)
        fits = fits and not contradicts(question, hit.text, *wide, hit.language)
        if question.form not in _UNMEASURED:
            measured = question.measures.fit(hit.text[slice(*wide)])
            another = of_another(question, hit.title, told) and not in_turn(hit.text, wide[0])
            fits = fits and measured and not another
        wide = (wide[0], whole_initials(hit.text, *wide)) if fits else None
    if wide is None and question.form == "reason":
        wide = sentence_around(hit.text, span.start, span.end)
        wide = wide if wide[1] - wide[0] <= LONGEST_REASON else None
        marked = replace(marked, value=marked.value - UNREASONED)
    if wide is None or (in_turn(hit.text, wide[0]) and is_asked(hit.text[slice(*sentence_around(hit.text, *wide))])):
        return _for_nothing(marked)
    wide = what_it_became(hit.text, *wide, hit.language)
    wide = plain_ends(hit.text, *one_end(hit.text, *wide, side if question.form in _TIMES else ""))
    wide = with_point(hit.text, *wide)
    if wide == (span.start, span.end):
        return marked
    start, end = wide
    return replace(marked, span=replace(span, start=start, end=end, text=hit.text[start:end]))


def _not_itself(marked: Marked) -> Marked:
    """A stretch that counts for nothing where it begins an article that the question names, with a word of the title,
    and somebody else is asked for: it is the article's own thing ("Augusta Ada King" in Ada Lovelace)."""
    begins = marked.hit.start + marked.span.start <= OPENING
    if not (marked.named and begins) or keys_of(marked.hit.title, marked.hit.language).isdisjoint(
        keys_of(marked.span.text, marked.hit.language)
    ):
        return marked
    return _for_nothing(marked)


def _for_nothing(marked: Marked) -> Marked:
    """A stretch that cannot be an answer."""
    return replace(marked, value=min(marked.value, 0.0) - SHAPELESS)


def _of_no_row(asked: Asked, marked: Marked) -> bool:
    """Whether a stretch is what a column of a table is called ("Height cm" is no height), or stands in a row that the
    question does not single out."""
    hit, span = marked.hit, marked.span
    page = asked.holdings.page(hit.edition, hit.id) if "\t" in hit.text else None
    if page is None:
        return False
    start, end = hit.start + span.start, hit.start + span.end
    return names_column(page, start, end) or guessed_among_rows(asked.question.plain, page, start, end, asked.here)


def _told(hit: PassageHit, span: AnswerSpan) -> tuple[str, str, int, int]:
    """A passage, its title, and where a stretch of it begins and ends."""
    return hit.text, hit.title, span.start, span.end


_TIMES = ("date", "year", "")
"""Forms in which one end of a life is an answer; "" where a language does not say how it asks."""

_UNMEASURED = frozenset("date year dynasty person place reason manner sentence list".split())
"""Forms that no measure is asked of."""


def _definitions(asked: Asked, hits: Sequence[PassageHit], best: float) -> list[Marked]:
    """What stands after "X is", where that is asked: readers mark a word of it, and it is no word that is wanted."""
    name, language = asked.question.sought.name, asked.question.language
    if not name:
        return []
    called = asked.called(name) or name
    own = asked.holdings.titled(called)
    found = []
    for place, hit in enumerate(hits):
        titled = title_key(hit.title) == title_key(called) or (hit.edition, hit.id) == own
        for above, start, end in definitions(
            hit.text, called if titled else name, language, titled=titled and hit.passage == 0
        ):
            value = above + (TITLED if titled else 0.0) - discount(min(1.0, behind(best, hit.score)))
            span = AnswerSpan(
                passage=place, start=start, end=end, text=hit.text[start:end], score=chance(value), margin=value
            )
            found.append(Marked(hit=hit, span=span, value=value))
    return found
