"""What a person types, understood; nothing that can be typed is an error.

```
words            any of them; more and rarer ones count more
"two words"      exactly these words in this order, case and accents aside
-word -"phrase"  not this
title:word       in the title or an alias; also title:"a phrase"
lang:de          articles in this language (also lang:zh-Hant, lang:deu, lang:German); several: any of them
source:key       articles of this source; several: any of them
```

Words that marks hold together (`codes.joints`) are asked for as indexes have them: "U.S.A." as "usa", "C++" as
"cplusplus", "co-operative" as both of its words and "cooperative" beside them.

A quotation mark without its partner opens a phrase that ends with the query. Anything else that looks like mark-up is
text. Bounds (hostile input): the first `MOST_CHARACTERS` are read, `MOST_WORDS` different words and `MOST_PHRASES`
phrases are kept, and `notes` says when that left something out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.codes.han import unspaced
from galactica.codes.joints import joints
from galactica.codes.letters import folded, prepare, title_key
from galactica.languages import tag
from galactica.model.said import said

MOST_CHARACTERS = 8_000
MOST_WORDS = 400
MOST_PHRASES = 8
MOST_FILTERS = 16

_ITEM = re.compile(
    r"""
    (?P<minus>-?)
    (?: (?P<field> title|lang|language|source ) : )?
    (?: ["“„«](?P<phrase>[^"“”„«»]*)["”“»]? | (?P<word>[^\s"“”„«»]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]+[^\W_]*)*")
"""A word of a text: a run of letters, digits and their marks; what the analysers see as one, or near it."""

_SAYS_MORE = re.compile(r"[\"“”„«»]|(?<!\S)-+|:(?=\S)")
"""Marks of a name that are more than its letters in a query (`_ITEM`)."""

_FILTERS = frozenset(("lang", "language", "source"))
_GERSHAYIM = re.compile('(?<=[\u05d0-\u05ea])["\u201c\u201d](?=[\u05d0-\u05ea])')
"""Quotation marks within a Hebrew word, which quote nothing."""

_SPELLED_OUT = {"ae": "ä", "oe": "ö", "ue": "ü", "aa": "å"}
"""How letters are typed where keyboards lack them. What has them is found by a, o, u as well: accents do not count."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b\u2028\u2029\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word asked for.

    Attributes:
        text: in lower case, prepared for the analysers (an n-gram for scripts without spaces).
        title_only: it must stand in a title or alias.
        negative: it must not occur.
        required: it must occur, because it is part of a phrase.
        parts: what it is made of with marks between, to be asked for where no article has it as one.
    """

    text: str
    title_only: bool = False
    negative: bool = False
    required: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that stand together: `text` as typed, `words` folded (`analysis.folded`) and in order."""

    text: str
    words: tuple[str, ...]
    title_only: bool = False
    negative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Words that may stand in a text instead of typed ones: `said` for `typed`, both as texts of words."""

    typed: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query, understood.

    Attributes:
        text: what was typed, without control characters and cut at `MOST_CHARACTERS`.
        key: the title key of the text without its filters: what is looked up among the titles.
        plain_text: the same as it was typed: what is meant.
        words: different ones, in order; the words of phrases that are asked for are among them.
        phrases: in order.
        joined: neighbouring words that marks hold together, and the one word that they are without; words with "ue" for
            "ü" and so on, and the other way round, for where no article has them as they were typed.
        languages, sources: tags in lower case, as they were typed and as they are usual, and keys, to restrict to;
            empty for all.
        notes: what was left out, for the person.
    """

    text: str
    key: str
    plain_text: str
    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...] = ()
    joined: tuple[Instead, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is words alone: no phrase, no filter, nothing excluded."""
        return not (self.phrases or self.languages or self.sources) and not any(
            word.negative or word.title_only for word in self.words
        )


def understand(typed: str, *, language: str = "", source: str = "") -> ParsedQuery:
    """Parse a query; see the module's rule. `language` and `source` restrict it further ("" for no restriction)."""
    notes = []
    text = _GERSHAYIM.sub("״", _CONTROL.sub(" ", typed[:MOST_CHARACTERS])).strip()
    if len(typed) > MOST_CHARACTERS:
        notes.append(
            said(
                "first-characters", "Only the first {number} characters of the query were read.", number=MOST_CHARACTERS
            )
        )
    words: dict[Word, None] = {}
    phrases: dict[Phrase, None] = {}
    languages = [*_forms(_CONTROL.sub("", language))] if language else []
    sources = [_CONTROL.sub("", source)] if source else []
    plain = []
    no_parts: tuple[str, ...] = ()
    for item in _ITEM.finditer(text):
        field = (item["field"] or "").lower()
        quoted = item["phrase"] is not None
        value = item["phrase"] if quoted else item["word"]
        negative = item["minus"] == "-"
        if field in _FILTERS and not negative:
            if field == "source":
                sources.append(value)
            else:
                languages += _forms(value)
            continue
        if field in _FILTERS:
            notes.append(
                said(
                    "cannot-exclude",
                    "“{word}” was read as a word: languages and sources cannot be excluded.",
                    word=item[0][:80],
                )
            )
        title_only = field == "title"
        parts = split_words(folded(value))
        # Each pair of a run of Han characters may well occur without the run: what is excluded is the run.
        is_phrase = (quoted and len(parts) > 1) or ((quoted or negative) and bool(parts) and unspaced(value))
        if is_phrase:
            phrases[Phrase(text=value.strip(), words=tuple(parts), title_only=title_only, negative=negative)] = None
        if not negative:
            plain.append(value)
        elif is_phrase:
            continue  # each of its words may well occur
        if quoted:
            found = [(part, no_parts) for part in split_words(lowered(value))]
        else:
            found = list(_terms(value))
        for part, pieces in found:
            word = Word(text=part, title_only=title_only, negative=negative, required=is_phrase, parts=pieces)
            words[word] = None
    if len(words) > MOST_WORDS:
        notes.append(
            said("first-words", "Only the first {number} different words of the query were used.", number=MOST_WORDS)
        )
    if len(phrases) > MOST_PHRASES:
        notes.append(
            said("first-phrases", "Only the first {number} phrases of the query were used.", number=MOST_PHRASES)
        )
    plain_text = " ".join(plain)
    return ParsedQuery(
        text=text,
        key=title_key(plain_text),
        plain_text=plain_text,
        words=tuple(words)[:MOST_WORDS],
        phrases=tuple(phrases)[:MOST_PHRASES],
        joined=_joined(plain_text),
        languages=tuple(dict.fromkeys(languages))[:MOST_FILTERS],
        sources=tuple(dict.fromkeys(sources))[:MOST_FILTERS],
        notes=tuple(notes),
    )


def plainly(name: str) -> str:
    """A name as a query that asks for nothing but its words: quotes, minus signs and colons say more there."""
    return " ".join(_SAYS_MORE.sub(" ", name).split())


def unquoted(text: str) -> str:
    """A query with its phrases as plain words; excluded phrases and filters stay as they are."""

    def words(item: re.Match[str]) -> str:
        kept = item["phrase"] is None or item["minus"] or (item["field"] or "").lower() in _FILTERS
        return item[0] if kept else f" {item['phrase']} "

    return _ITEM.sub(words, text)


def _forms(language: str) -> tuple[str, ...]:
    """What a language is filtered by: as it was typed, and as it is usual."""
    return tuple(filter(None, dict.fromkeys((language.lower(), tag(language).lower()))))


def terms(text: str) -> list[str]:
    """The words of a text as a question has them (`ParsedQuery.words`)."""
    return [term for term, _ in _terms(text)]


def _terms(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of a text, those that marks hold together and that say nothing apart as one, with their parts."""
    prepared = prepare(text)
    at = 0
    for joint in joints(prepared):
        if joint.whole:
            yield from ((part, ()) for part in split_words(_lower(prepared[at : joint.start])))
            yield _lower(joint.text), tuple(split_words(_lower(prepared[joint.start : joint.end])))
            at = joint.end
    yield from ((part, ()) for part in split_words(_lower(prepared[at:])))


def _joined(text: str) -> tuple[Instead, ...]:
    """The neighbours in a question that are one word without the marks between them."""
    prepared = prepare(text)
    found = [
        Instead(typed=tuple(split_words(_lower(prepared[joint.start : joint.end]))), said=(_lower(joint.text),))
        for joint, _ in zip(joints(prepared), range(MOST_WORDS), strict=False)
    ]
    for word, _ in zip(WORD.findall(_lower(prepared)), range(MOST_WORDS), strict=False):
        for pairs in (_SPELLED_OUT, {one: two for two, one in _SPELLED_OUT.items()}):
            other = word
            for old, new in pairs.items():
                other = other.replace(old, new)
            if other != word:
                found.append(Instead(typed=(word,), said=(other,)))
    return tuple(dict.fromkeys(each for each in found if len(each.typed) > 1 or each.typed != each.said))


def lowered(text: str) -> str:
    """A text as its words are asked for: prepared for the analysers, in lower case; "İ" is an "i" like any other."""
    return _lower(prepare(text))


def _lower(prepared: str) -> str:
    return prepared.lower().replace("i\u0307", "i")


def split_words(text: str) -> list[str]:
    """The words of a text: runs of letters, digits and their marks; what the analysers see as words, or near it."""
    return WORD.findall(text)
