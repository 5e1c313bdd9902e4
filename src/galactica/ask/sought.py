"""What a question asks for: a person, a time, a number, what a thing is …; the noun that it asks by, and its language.

It is told from what the languages' files say under `questions` (`kinds`). Of a language that says nothing there nothing
is told: every question in it asks for `Kind.OTHER`. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.ask.base_forms import base_forms, with_roman_number
from galactica.ask.kinds import AskedLanguage, Kind, asked_languages
from galactica.codes.han import fold_han, unspaced
from galactica.languages import UNKNOWN, guess, primary, script_of, separates_words, shared_script
from galactica.languages.territories import territory_called

MOST_NOUN = 3
"""Words after "which" among which the noun is looked for."""

LONGEST_NAME = 60
"""Characters of X in "What is X?"; a longer one is a question of its own."""

MOST_SHORT = 8
"""Words of a question whose countries may tell its language; a longer one has small words."""

MOST_BARE = 3
"""Words that may stand in a question with a question mark but no small word, and be read in the library's language."""


_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*|['’.](?=[^\W_])[^\W_]+)*")
"""A word as it stands in a text, an abbreviation's inner points and an apostrophe's letters with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a question asks for.

    Attributes:
        kind: of thing.
        focus: the noun that it asks by, as it is written ("river"); "" where none stands there.
        name: X in "What is X?", as it is written, a number behind it as titles have it; "" for other questions.
        language: the language that the question was read in.
    """

    kind: Kind
    focus: str = ""
    name: str = ""
    language: str = ""


def sought(question: str, language: str) -> Sought:
    """What a question in a language asks for."""
    known = asked_languages().get(primary(language))
    if known is None:
        return Sought(kind=Kind.OTHER, language=language)
    text = fold_han(question).strip()
    if known.tag == "zh":
        text = _IS_WHAT.sub("是", _CALLED.sub("作", text))
    lower = known.lower(text)
    name = _name(text, lower, known)
    if name:
        return Sought(kind=Kind.DEFINITION, name=name, language=known.tag)
    focus, of_noun = _noun(text, lower, known)
    kind = _asked(lower, known)
    if kind in (None, Kind.MANNER, Kind.LIST, Kind.PERSON) and of_noun is not None:
        kind = of_noun
    if kind is None and known.yes_no.search(lower):
        kind = Kind.YES_NO
    if kind is None:
        kind = Kind.NAME if known.which.search(lower) else Kind.OTHER
    return Sought(kind=kind, focus=focus, language=known.tag)


_CALLED = re.compile(r"(?<=[称名视作叫认因变])为(?=[什甚]么)")
_IS_WHAT = re.compile(r"(?<=[^，。：；,\s])为(?=[什甚]么(?:[?？。]|\Z|样))")
"""为 of "is called what", and of "is what" at the end: of 为什么 ("why") it is another."""


def question_language(question: str, languages: Sequence[str] = ()) -> str:
    """The language that a question is in, by its script and its small words (`languages.guess`); "und" where they speak
    for none clearly. What has no small words (a name, "population Nigeria") is read in the library's first language
    that is written in its script, else in English; a whole question without any, in none.

    Args:
        languages: tags of the library, the most frequent first.
    """
    own = list(map(primary, languages))
    found = guess(question, own or ("en",))
    named = _by_countries(question, found)
    if found:
        return named or found
    script = script_of(question)
    if script == "Latin" and question.rstrip().endswith("?") and len(WORD.findall(question)) > MOST_BARE:
        return UNKNOWN
    same = [
        tag
        for tag in (*own, *asked_languages())
        if script and tag in asked_languages() and shared_script(tag) == script
    ]
    return same[0] if same else "en" if not script else UNKNOWN


def _by_countries(question: str, found: str) -> str:
    """The one language whose names the countries of a short question have: "Grenzt Deutschland an Polen?" has no small
    word that tells. Two names speak against the language that small words speak for, one against one not asked in."""
    words = [match[0] for match in WORD.finditer(question)]
    if len(words) > MOST_SHORT or unspaced(question):
        return ""
    names = [word for word in words if word[0].isupper()]
    tags = [tag for tag in asked_languages() if separates_words(tag)]
    least = 1 if found not in asked_languages() else 2
    if len(names) < least or (found in tags and any(_is_country(name, found) for name in names)):
        return ""  # whatever the others say: their names, hundreds in each, are not read for it
    counts = {tag: sum(_is_country(name, tag) for name in names) for tag in tags}
    most = max(counts.values(), default=0)
    best = [tag for tag in tags if counts[tag] == most]
    return best[0] if len(best) == 1 and most >= least else ""


def _is_country(name: str, language: str) -> bool:
    return any(territory_called(form, language) for form in (name, *base_forms(name, language)))


def _asked(lower: str, known: AskedLanguage) -> Kind | None:
    """The kind whose phrase is in the question; of several the one that begins first, of those the longest."""
    best: tuple[int, int, int] | None = None
    kind = None
    for place, (each, pattern) in enumerate(known.asks):
        match = pattern.search(lower)
        if match is not None:
            rank = (match.start(), -len(match[0]), place)
            if best is None or rank < best:
                best, kind = rank, each
    return kind


def _noun(text: str, lower: str, known: AskedLanguage) -> tuple[str, Kind | None]:
    """The noun that goes with "which", and what kind of thing it stands for."""
    match = known.which.search(lower)
    if not known.spaced:
        return _unspaced_noun(text, lower, known, match)
    if match is None:
        return "", None
    if known.before:
        words = list(WORD.finditer(lower, 0, match.start()))[::-1]
    else:
        words = list(WORD.finditer(lower, match.end()))
        words = _without_copula(words, known)
    first = ""
    for word in words[:MOST_NOUN]:
        plain = word[0]
        if plain in known.common and plain not in known.nouns:
            break
        first = first or text[word.start() : word.end()]
        if plain in known.nouns:
            return text[word.start() : word.end()], known.nouns[plain]
    return first, None


def _without_copula(words: list[re.Match[str]], known: AskedLanguage) -> list[re.Match[str]]:
    """Without "is the name of the" at the beginning."""
    at = 0
    while at < len(words) and at < 6 and (words[at][0] in known.common or words[at][0] in known.called):
        at += 1
    return words[at:]


def _unspaced_noun(text: str, lower: str, known: AskedLanguage, match: re.Match[str] | None) -> tuple[str, Kind | None]:
    """The same where words are not separated: the longest known noun that stands next to "which", else what something
    owns that is asked for."""
    if match is not None:
        for noun in sorted(known.nouns, key=len, reverse=True):
            if known.before and lower.endswith(noun, 0, match.start()):
                return text[match.start() - len(noun) : match.start()], known.nouns[noun]
            if not known.before and lower.startswith(noun, match.end()):
                return text[match.end() : match.end() + len(noun)], known.nouns[noun]
    found = [match, *(pattern.search(lower) for _, pattern in known.asks)]
    asks = min((each.start() for each in found if each is not None), default=0)
    owned = _OWNED.search(lower, 0, asks)
    if owned is None:
        return "", None
    return text[slice(*owned.span(1))], known.nouns.get(owned[1])


_OWNED = re.compile(r"的([^\W\d_的]{1,6}?)(?:是|为|有|叫|叫做|在)*\Z")
"""What is asked of something in Chinese: 首都 of 波兰的首都是哪里."""


def _of_somebody(lower: str, words: Sequence[str], known: AskedLanguage) -> bool:
    """Whether "who is X" names somebody by what he is to somebody or something: "who is mozart's wife", with or without
    the apostrophe."""
    who = dict(known.asks)[Kind.PERSON].match(lower.lstrip())
    if who is None or len(words) < 2:
        return False
    return known.nouns.get(words[-1]) is Kind.PERSON or any(word.endswith(("'s", "’s")) for word in words[:-1])


def _name(text: str, lower: str, known: AskedLanguage) -> str:
    """X of "What is X?"; "" for any other question."""
    for pattern in known.what_is:
        match = pattern.fullmatch(lower)
        if match is None:
            continue
        start, end = match.span("name")
        name = text[start:end].strip(" ?？“”\"'「」《》.。")
        if not name or len(name) > LONGEST_NAME:
            continue
        name = next(iter(with_roman_number(name, known.tag)), name)  # "who was henry the eighth"
        words = WORD.findall(known.lower(name))
        while words and known.spaced and words[0] in known.articles:
            words, name = words[1:], name.partition(" ")[2]
        if known.spaced and (not words or len(words) > 4 or any(word in known.common for word in words)):
            continue
        if known.spaced and _of_somebody(lower, words, known):
            continue
        if not known.spaced and any(word in lower[start:end] for word in ("的", "ของ", "哪", "谁", "을 ", "를 ")):
            continue
        return name
    return ""
