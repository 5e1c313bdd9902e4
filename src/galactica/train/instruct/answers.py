"""Questions that an article answers, each with the stretch of it that is the answer: definitions, sections, claims.

Rules, found by reading what came out (2026-11-29):

1. An answer is a stretch of the article, word for word, that ends as a sentence does and stands by itself: it does not
   begin with what leads back ("He", "This", "However", 它), and has no hole where the source lost something ("( )").
2. A definition is the first sentence, where it names the thing and says "is a"; who is asked of persons
   (`persons.py`).
3. A section is asked for by its heading where that says the same of everything (`wordings.toml`); its first sentences
   answer. What is asked of places alone (agriculture, religions) is not asked of ozone.
4. A claim is asked for by its property where a sentence says it outright, of the article's own subject, by name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.codes.segment import sentences
from galactica.model import Article
from galactica.model.claim import Claim, said_outright
from galactica.model.projection import Projection
from galactica.train.instruct.persons import is_person
from galactica.train.instruct.wordings import Wordings

SURE = 0.9
"""Least confidence of a claim that is asked for."""

SHORTEST, LONGEST = {"en": 50, "zh": 18}, {"en": 600, "zh": 240}
"""Characters of an answer."""

FEWEST_OF_PLACE = 2
"""Headings that only places have (`place_headings`), from which on an article is about one."""

_LONGEST_NAME = 60
"""Characters of a title: longer ones make no question, and are not looked at, for some of what looks grows faster."""

_BACK = re.compile(
    r"(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those|However|Also|But|And|Such|There|Then|Here|In this|"
    r"In addition|Furthermore|Moreover|As a result|For example|On the other hand|"
    r"The (?:same|latter|former|following))\b"
    r"|[他她它牠祂]|[這这该該此其]|但|而且|因此|所以|另外|此外|然而"
)
_HOLE = re.compile(
    r"\( *[);,]|（ *[）；，、]|; *\)|；）|[,，] *[)）]|《》|\[ *\]|\]\)|›|\s[,;.]\s|，，|、、|\s'\s|\"\"|''\s|-\{|"
    r"formula_\d|“”|「」|『』|‘’|\[\[|\]\]|\{\{|\}\}|\s[。，、；]|\( *(?:or|and)\b|\b(?:or|and) *\)"
)
_ELSEWHERE = re.compile(
    r"\b(?:described|discussed|covered|recounted|summari[sz]ed|detailed) (?:by|in)\b[^.]{0,120}\bin [\"“]|"
    r"\b[Ff]or (?:more|further|other) (?:details|information)\b|\b[Ss]ee also\b|详见|詳見|参见|參見"
)
"""What sends a reader to a book or a page in place of saying it."""

_TO_COME = re.compile(r"\b(?:following|below)\b|以下|如下")
"""What leads on to a list that is no part of the answer."""

_ENDS = (".", "!", "?", ".”", '."', "。", "！", "？", "。」", "。”", ".)", "。）")
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_COPULA = re.compile(
    r"\b(is|are|was|were)\s+(?:(?!(?:that|when|to|as|in|by|from|of|at|on|born|made|found|known|\w+ed)\b)\w+\s+){0,2}?"
    r"(?:an?|the|one of|any|both)\s"
)
_NO_THING = re.compile(
    r"list of|may refer to|can refer to|refers to:|disambiguation|以下列出|可以指|可指", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question and the stretch that answers it.

    Attributes:
        kind: "definition", "section" or "claim".
        question: as a person would ask it.
        start, end: code points of the projection of the article's body.
        asked: the property or heading; "" of a definition.
    """

    kind: str
    question: str
    start: int
    end: int
    asked: str = ""


def answered(article: Article, outlined: Projection, claims: Sequence[Claim], words: Wordings) -> Iterator[Answered]:
    """The questions that an article answers, in the order of their kinds.

    Args:
        outlined: the projection of its body.
        claims: what it claims; none where claims were not made.
    """
    if not article.title.strip() or len(article.title) > _LONGEST_NAME or _is_no_thing(article.title):
        return
    name = _name(article, outlined.text)
    drawn = hashlib.sha256(article.id).digest()
    yield from _definition(article, outlined, name, words, drawn[0])
    yield from _sections(outlined, name, words, drawn[1])
    yield from _claimed(article, outlined.text, claims, name, words, drawn[2])


def _definition(article: Article, outlined: Projection, name: str, words: Wordings, drawn: int) -> Iterator[Answered]:
    text = outlined.text
    end_of_line = text.find("\n")
    end_of_line = len(text) if end_of_line < 0 else end_of_line
    if outlined.headings and outlined.headings[0][0] < end_of_line:
        return
    start, end = next(sentences(text, 0, end_of_line), (0, 0))
    said = text[start:end]
    if _NO_THING.search(said) or not _stands(said, words):
        return
    kind = _kind_of_definition(said, _bare(article.title), name, words)
    if kind in words.definitions:
        of_person = kind.endswith("person")
        asked = _worded(words.definitions[kind], _bare(article.title) if of_person else name, drawn)
        yield Answered(kind="definition", question=asked, start=start, end=end)


def _kind_of_definition(said: str, title: str, name: str, words: Wordings) -> str:
    """Which kind of a definition a sentence is; "" where it is none."""
    plain = _BRACKETS.sub("", said)
    while (again := _BRACKETS.sub("", plain)) != plain:
        plain = again
    at = plain[:120].casefold().find(title.casefold())
    if at < 0:
        return ""
    person = is_person(said, plain, title, name, words.language)
    if words.language != "en":
        return ("is_person" if person else "is_one") if person or re.search("[是为為]", plain[:70]) else ""
    if at > 60 or (plain.startswith(("In ", "On ", "At ")) and "," not in plain[:at]):
        return ""
    if plain[at + len(title) : at + len(title) + 1].isalnum():
        return ""  # "Daleks" in an article called "Dalek": the question would be of another number
    found = _COPULA.search(plain, at + len(title), at + len(title) + 140)
    if found is None:
        return ""
    verb = found[1]
    if person and verb in ("is", "was"):
        return f"{verb}_person"
    return f"{verb}_{'many' if verb in ('are', 'were') else 'one'}"


def _sections(outlined: Projection, name: str, words: Wordings, drawn: int) -> Iterator[Answered]:
    text, seen = outlined.text, set()
    starts = {start for start, _ in outlined.headings}
    headings = {text[start:end].strip().casefold() for start, end in outlined.headings}
    of_place = len(headings & words.place_headings) >= FEWEST_OF_PLACE
    whole = re.sub(r"^an? ", "the ", name)  # the history of the abacus, and not of one
    for start, end in outlined.headings:
        heading = text[start:end].strip().casefold()
        if heading not in words.sections or heading in seen or end + 1 >= len(text) or end + 1 in starts:
            continue
        if heading in words.of_places and not of_place:
            continue
        seen.add(heading)
        line_end = text.find("\n", end + 1)
        line_end = len(text) if line_end < 0 else line_end
        stretch = _first_sentences(text, end + 1, line_end, words)
        if stretch is not None:
            question = _worded(words.sections[heading], name if heading in _OF_ONE else whole, drawn)
            yield Answered(kind="section", question=question, start=stretch[0], end=stretch[1], asked=heading)


_OF_ONE = frozenset(("causes", "diagnosis", "prevention", "signs and symptoms", "symptoms", "treatment"))
"""Sections in which a stroke is spoken of, and not the stroke."""


def _first_sentences(text: str, start: int, stop: int, words: Wordings) -> tuple[int, int] | None:
    """The first sentences of a paragraph, up to three, that make an answer."""
    begin, end = -1, -1
    for count, (a, b) in enumerate(sentences(text, start, stop)):
        begin = a if begin < 0 else begin
        if count == 3 or b - begin > LONGEST[words.language[:2]]:
            break
        end = b
    if begin < 0 or end < 0 or end - begin < 2 * SHORTEST[words.language[:2]]:
        return None
    return (begin, end) if _stands(text[begin:end], words) else None


def _claimed(
    article: Article, text: str, claims: Sequence[Claim], name: str, words: Wordings, drawn: int
) -> Iterator[Answered]:
    seen: set[str] = set()
    title = _bare(article.title)
    parts = [part for part in re.split(r"[\s,·・]+", title) if len(part) > 1] or [title]
    for claim in claims:
        wording = words.claims.get(claim.property)
        if wording is None or claim.property in seen or claim.subject or claim.confidence < SURE:
            continue
        if claim.origin not in ("sentence", "tagger") or not said_outright(claim):
            continue
        said = text[claim.start : claim.end]
        value = text[claim.value_start : claim.value_end]
        if not _stands(said, words) or not value or value not in said:
            continue
        if not any(part.casefold() in said.casefold() for part in parts):
            continue
        seen.add(claim.property)
        question = _worded(wording, title if claim.property in _OF_PERSONS else name, drawn)
        yield Answered(kind="claim", question=question, start=claim.start, end=claim.end, asked=claim.property)


_OF_PERSONS = frozenset(
    ("date_of_birth", "date_of_death", "place_of_birth", "place_of_death", "spouse", "educated_at", "award")
)


def _stands(said: str, words: Wordings) -> bool:
    """Whether a stretch can stand as an answer by itself."""
    length = len(said)
    if not SHORTEST[words.language[:2]] <= length <= LONGEST[words.language[:2]]:
        return False
    if _BACK.match(said) or _HOLE.search(said) or "\n" in said or "\t" in said:
        return False
    if _TO_COME.search(said[-120:]) or _ELSEWHERE.search(said):
        return False
    if not said.rstrip().endswith(_ENDS) or not (said[0].isalnum() or said[0] in "《「“\"'‘(（"):
        return False
    return (
        all(said.count(a) == said.count(b) for a, b in ("()", "（）", "《》", "「」", "“”", "[]"))
        and not said.count('"') % 2
    )


def _bare(title: str) -> str:
    """A title without the bracket that tells it from another."""
    return re.sub(r"\s*[(（][^()（）]*[)）]$", "", title).strip() or title


def _is_no_thing(title: str) -> bool:
    """Whether a title is a list, a year, a date, a number, or a page beside articles."""
    months = rf"(?:{_MONTHS})"
    return bool(
        re.match(
            rf"(?:List|Lists|Index|Outline|Timeline|Glossary|History|Comparison|Demographics|Economy|Geography|Politics|"
            rf"Religion|Transport|Culture|Languages|Foreign relations|Military) (?:of|and|in)\b|{months} \d+$",
            title,
        )
        or re.fullmatch(r"[\d\s.,/–-]+(?:年|月|日|s|st|nd|rd|th century|BC|AD|世纪|世紀)*.{0,3}", title)
        or re.search(r":|列表|年表|\(disambiguation\)|消歧义|消歧義", title)
    )


def _name(article: Article, text: str) -> str:
    """What the article is about as it stands in a question: with an article and in small letters where its first
    sentence has it so."""
    title = _bare(article.title)
    beside = article.title[len(title) :] if article.title.startswith(title) else ""
    if not title[:1].isascii() or not title[:1].isalpha():
        return article.title
    found = re.search(rf"(?:\b(an?|the) )?\b({re.escape(title)})\b", text[:200], re.IGNORECASE)
    if found is None or (beside and not found[1]):
        return article.title
    before, shown = (found[1] or "").lower(), found[2]
    if found.start(2) == 0 or shown == title:  # its capital may be that of the sentence
        small = title[0].lower() + title[1:]
        common = title[1:2].islower() and len(re.findall(rf"(?<=[a-z,] ){re.escape(small)}\b", text[:20_000])) >= 2
        shown = small if common else title
    return (f"{before} {shown}" if before else shown) + beside


def _worded(several: Sequence[str], name: str, drawn: int) -> str:
    return several[drawn % len(several)].replace("{x}", name)
