"""What does X eat, what causes X, how tall is X? By a sentence of the article X that says so of its own thing.

"A full-grown adult camel stands 1.85 m at the shoulder" answers "how tall is a camel".
Claims read few such sentences, because a joined edition has to be sure of each; here one that is asked for is looked
for, in the article on the thing alone, and what is found is called probable. A sentence counts where it begins with the
thing, by its name or near the beginning of the article by a pronoun, or names it behind what is said, and says it in
one of the ways that go with the question; of an amount the unit has to be one of what is asked. How questions are put
and sentences say it stands in `phrased.toml`; of languages that it lacks nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.denying import denies
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import asked_languages
from galactica.ask.phrasing_words import PhrasedWay, PhrasingWords, phrasing_words
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.codes.letters import folded, title_key
from galactica.languages import primary
from galactica.model import PassageHit

RIGHT = 12 / 15
"""How likely what is found so is what is asked for: of 13 answers to questions held back 11 were right
(`benchmarks.ask_cases`, 2026-11-30; one of each is added; some of these questions chose wordings: decision 13).
Of those it was made with 26 of 26 were."""

LOOKED_AT = 60_000
"""Characters of an article in which it is looked for."""

BEGINNING = 2_000
"""Characters in which a pronoun at the beginning of a sentence is the article's thing."""

LONGEST = 500
"""Characters of a sentence."""

LONGEST_TOLD = 150
"""Characters of what is said of a thing; what is longer is cut at a comma."""

LONGEST_QUESTION = 120
"""Characters of a question that is read so."""

FEWEST_INITIALS = 3
"""Letters by which a name is told to be one of initials."""

MOST_HITS = 8
"""Passages whose titles are looked at where no article has the thing's name."""


def phrased(asked: Asked, hits: Sequence[PassageHit] = ()) -> list[Stated]:
    """What the article on a thing says of it, where a question asks for that in a way that is known.

    Args:
        hits: passages that were found for the question. Where one is of another source, nothing is told: what that says
            otherwise has to be read and shown.
    """
    question = asked.question.plain
    words, known = phrasing_words(primary(question.language)), asked_languages().get(primary(question.language))
    if words is None or known is None or len(question.text) > LONGEST_QUESTION:
        return []
    plain = known.lower(question.text).strip(" ?!.")
    for called, each in words.of.items():
        for match in filter(None, (way.fullmatch(plain) for way in each.asked)):
            thing, noun = match["thing"], match.groupdict().get("noun", "")
            pages = [page for page in _pages_of(asked, thing, match["whole"], each.besides) if page is not None]
            if any(hit.source != page.article.source for hit in hits for page in pages):
                break
            found = next((told for page in pages if (told := _told(asked, page, called, thing, noun))), None)
            if found is not None:
                return [found]
            if pages:
                break
    return []


def phrase_told(asked: Asked, name: str, called: str) -> Stated | None:
    """What the article of a name says of something of its thing; None where it does not.

    Args:
        name: as the library calls the thing.
        called: what is asked of it, a name of `phrased.toml`.
    """
    place = asked.holdings.titled(name)
    page = asked.holdings.page(*place) if place is not None else None
    return _told(asked, page, called, name, "") if page is not None else None


def _pages_of(asked: Asked, thing: str, whole: str, besides: str) -> Iterator[Page | None]:
    """The article on a thing that a question names, and another one that tells it besides ("Geography of Kuwait")."""
    yield _page_of(asked, thing, whole)
    place = asked.holdings.titled(besides.replace("~", asked.called(thing) or thing)) if besides else None
    if place is not None:
        yield asked.holdings.page(*place)


def _page_of(asked: Asked, thing: str, whole: str) -> Page | None:
    """The article on a thing that a question names: by its title, or by that without what stands in brackets, or by the
    first letters of its words ("IMF"), where those are of one title alone.

    Args:
        whole: with the article before it, which may be a part of it.
    """
    for name in dict.fromkeys((thing, whole)):
        called = asked.called(name)
        place = asked.holdings.titled(called) if called else None
        if place is not None:
            return asked.holdings.page(*place)
    keys = {title_key(thing), title_key(whole)}
    hits = asked.passages(whole, limit=MOST_HITS)
    alone = len({hit.title for hit in hits if _initials(hit.title) == thing}) == 1
    for hit in hits:
        spelled = alone and _initials(hit.title) == thing
        if title_key(_BRACKETED.sub("", hit.title)) in keys or spelled:
            page = asked.holdings.page(hit.edition, hit.id)
            if page is not None and (not spelled or f"({thing.upper()}" in page.text[:LONGEST]):
                return page
    return None


def _initials(title: str) -> str:
    """The first letters of the words of a title that are typed large, in lower case; "" for less than three."""
    letters = "".join(word[0] for word in title.split() if word[0].isupper()).lower()
    return letters if len(letters) >= FEWEST_INITIALS else ""


def _told(asked: Asked, page: Page, called: str, name: str, noun: str) -> Stated | None:
    language = primary(asked.question.language)
    words = phrasing_words(language)
    each = words.of.get(called) if words is not None else None
    if words is None or each is None or not page.starts or not asked.allows(page.article):
        return None
    if primary(page.article.language) != language:
        return None
    for start, end, first, last in _said(page, each, (name, noun), words):
        told = made(page, start, end, first, last, 0.5)
        side = f"{page.article.id.hex()} {called}"
        return replace(told, form="quantity" if each.unit else "", claimed=OfClaims(side=side, confidence=RIGHT))
    return None


def _said(
    page: Page, each: PhrasedWay, asked: tuple[str, str], words: PhrasingWords
) -> Iterator[tuple[int, int, int, int]]:
    """(start, end of what is said, start, end of its sentence) of the sentences that say it of the article's own thing.

    Args:
        asked: the name and the noun of the question.
    """
    name, noun = asked
    title = folded(_BRACKETED.sub("", page.article.title))
    owns = [title] if re.fullmatch(_several(title), folded(name)) else [title, folded(name)]
    owns += [own.rpartition(" ")[0] for own in owns if own.rpartition(" ")[2] in words.classes and " " in own]
    lasts = "|".join(re.escape(own.rpartition(" ")[2]) for own in owns if " " in own) or "(?!)"
    thing = ("|".join(map(re.escape, owns)), "|".join(map(_several, dict.fromkeys(owns))), lasts)
    sentences = _sentences(page)
    plain = [said.replace("{noun}", re.escape(noun)) for said in each.said]
    for pattern, within in (way for said in plain for way in _ways(said, thing, each, words)):
        for start, end, text in sentences:
            match = pattern.search(text) if start <= within else None
            if match is not None and _of_another(match, text, words):
                continue
            if match is not None and not denies(text[: match.end("said")], page.article.language):
                low, high = start + match.start("said"), start + _ended(text, *match.span("said"), words)
                if not each.place or any(map(str.isupper, page.text[low:high])):  # "live in small groups"
                    yield low, high, start, end


def _of_another(match: re.Match[str], text: str, words: PhrasingWords) -> bool:
    """Whether what is said stands right behind a noun that is another thing: "has a square named after Berg"."""
    if "told" not in match.re.groupindex or not _PARTICIPLE.match(text, match.start("told")):
        return False
    between = text[match.end("own") : match.start("told")].rstrip()
    before = between.split()
    if (
        not before
        or not between[-1].isalpha()
        or re.fullmatch(rf"{words.being}|{words.often}|{words.turning}|be|been|being", before[-1])
    ):
        return False
    return not words.apart.isdisjoint(before)


_PARTICIPLE = re.compile(r"(?:made|[a-z]+ed)\b")


def _sentences(page: Page) -> list[tuple[int, int, str]]:
    """(start, end, what is compared) of the sentences of an article, with blanks for what stands in brackets."""
    found = []
    for start, end in sentence_spans(page.text, 0, min(len(page.text), LOOKED_AT)):
        text = _SPACE.sub(" ", folded(page.text[start:end]))
        if len(text) == end - start <= LONGEST and "\t" not in text:
            found.append((start, end, _BRACKETS.sub(lambda inner: " " * len(inner[0]), text)))
    return found


_SPACE = re.compile(r"\s")


def _ended(text: str, start: int, end: int, words: PhrasingWords) -> int:
    """Where a stretch ends that is cut at a comma where it is long, without blanks, commas and words that go on."""
    if end - start > LONGEST_TOLD:
        cut = max(text.rfind(",", start, start + LONGEST_TOLD), text.rfind(" and ", start, start + LONGEST_TOLD))
        end = cut if cut > start else end
    while end > start and (text[end - 1] in " ," or text[start:end].rpartition(" ")[2] in words.loose):
        end -= 1 if text[end - 1] in " ," else len(text[start:end].rpartition(" ")[2])
    return end


def _several(name: str) -> str:
    """A name as it may stand for several."""
    return rf"{re.escape(name[:-1])}(?:y|ies)" if name.endswith("y") else rf"{re.escape(name)}(?:e?s)?"


_BRACKETED = re.compile(r"\s*\([^()]*\)\Z")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _ways(
    said: str, thing: tuple[str, str, str], each: PhrasedWay, words: PhrasingWords
) -> Iterator[tuple[re.Pattern[str], int]]:
    """What a sentence is like that says it of a thing, and up to which character of the article it counts: behind its
    name or a pronoun, or of what is the thing's, or before its name ("With an area of …, Bolivia is"), or with the name
    in what is said; in the very first sentence behind a longer name that ends alike ("Osborne Earl Smith is").

    Args:
        thing: patterns of one and of several of it, and of the last word of its name.
    """
    one, several, last = thing
    either = rf"(?:{one}|{several})"
    told = (
        said.replace("~", either)
        .replace("%often%", rf"(?:(?:{words.often}) )*")
        .replace("#", _amount(each.unit, words))
    )
    told = told.replace('"@"', _QUOTED).replace("@", rf"(?P<said>[^;]{{2,}}?)(?=\s*(?:{_ends(words)}))")
    if said.startswith("^"):
        yield re.compile(told), BEGINNING
        return
    if said.startswith("*"):
        yield re.compile(rf"(?<!\w){told[1:]}"), LOOKED_AT
        return
    article, few = rf"(?:(?:{words.articles}) )?", "(?:[a-z]+ ){0,3}?"
    turns = rf"(?:;|,? (?:{words.turning})) (?=(?:{words.owners}) |[a-z]+ of (?:{words.owners}) )"
    gap = rf"(?:{turns}|(?!\b(?:{words.another})\b)[^;:]){{0,160}}?(?<![\w.,])"
    opens = rf"(?:(?:(?!\b(?:{words.another})\b)[^,;]){{1,60}}, )?"
    grown = rf"(?:(?:{words.grown}) )*"
    doing = rf"(?!\w*ies\b)[a-z]+s\b(?! (?:{words.being}|{_bare(told)})\b)"  # no "camel cavalry", no "tablets contain"
    besides = rf"(?: (?:{words.firms})\b)*(?: (?:{words.besides})(?: [^\s,;.]+){{1,4}}?)?"
    goes_on = rf"(?={besides} *(?:,|(?:{words.being}|{words.often})\b|{doing}|{_bare(told)}))"
    own = rf"(?P<own>{article}{grown}(?:{one})|{grown}(?:{several})){goes_on}"
    yield re.compile(rf"^{opens}{own}{gap}(?P<told>{told})"), LOOKED_AT
    yield re.compile(rf"^(?P<own>(?:[^\s,;]+ ){{1,5}}(?:{last})){goes_on}{gap}(?P<told>{told})"), 0
    if "~" in said:
        yield re.compile(rf"^{article}{few}(?:{told})"), LOOKED_AT
    yield re.compile(rf"^(?:[a-z]+ ){{0,4}}?(?:{told}),? (?:[^;:,]{{0,60}}, )?{article}(?:{one}) (?=[a-z])"), LOOKED_AT
    yield re.compile(rf"^(?:{told}),? (?:[^;:,]{{0,60}}, )?(?:{words.subjects}) (?=[a-z])"), BEGINNING
    yield re.compile(rf"^(?P<own>{words.subjects})\b{gap}(?P<told>{told})"), BEGINNING
    if not each.itself:
        yield re.compile(rf"^{opens}{article}(?:{one})['’]s? {few}(?:{told})"), LOOKED_AT
        yield re.compile(rf"^(?:{words.subjects})['’]s? {few}(?:{told})"), BEGINNING
        yield re.compile(rf"^(?:{words.owners}) {few}(?:{told})"), BEGINNING


def _bare(pattern: str) -> str:
    """A pattern without the name of its group, to look ahead with."""
    return pattern.replace("(?P<said>", "(?:")


_QUOTED = "[\"“”‘'](?P<said>[^\"“”‘’']{2,60})[\"“”’']"


def _ends(words: PhrasingWords) -> str:
    """What stands behind a stretch of text: the end of the sentence or clause, or what begins another."""
    joined = (
        rf",? (?:{words.turning}) (?:{words.subjects}|{words.being})\b|, (?:{words.turning}) (?:{words.articles})\b"
    )
    return rf"(?<![ .][a-z])[.;!?](?:\s|[\"”])|[.;!?]\Z|\Z|,? (?:{words.stops})\b|, (?:{words.subjects})\b|{joined}"


def _amount(unit: str, words: PhrasingWords) -> str:
    """A pattern of an amount, with what says how exact it is before it."""
    number = rf"(?:\d[\d.,]*(?<=\d)|(?:{words.spelled})\b)"
    several = rf"{number}(?:\s?[–-]\s?{number}|\s(?:{words.between})\s{number})?(?:\s(?:thousand|million|billion))?"
    behind = rf"[\s-]?(?:{words.units[unit]})(?![\w²³])" if unit else r"(?![\w%])"
    return rf"(?:(?:{words.rough})\s)*(?P<said>{several}{behind})"
