"""Why? By a sentence that says what is asked and joins a reason to it: "Colorado is nicknamed the Centennial State
because it became a state 28 days after …".

A reader marks a noun of such a sentence and is seldom sure; here the whole clause is the answer. In the articles that
the question names, and some of those that were found, a sentence counts

1. whose one part, before or behind what joins them, has all that the question says of the thing, in these words or
   others that say the same; the thing itself by its name, or, in its own article, by a pronoun;
2. whose other part is joined by words for a reason or an aim; or the sentence before says what is asked, and this one
   begins with "this is because";
3. that denies what the question denies, and nothing else; what was only tried, hoped or believed is not said.

In scripts without spaces the letters that stand there are counted. The words stand in `reasons.toml`; of languages that
it lacks nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from galactica.ask.asked import Asked
from galactica.ask.denying import denies
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.named import Named
from galactica.ask.pieces import PLAIN, Pieces, counting_pieces, cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.ask.reason_words import SHORTEST_REASON, ReasonWords, cut_reason, reason_words
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.ask.wording_words import wording_words
from galactica.ask.words_asked import compared_word
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import PassageHit

RIGHT = 104 / 121
"""How likely such a reason is right: of 19 in paragraphs of SQuAD and others asked about likewise 19 were, of 94 in
Chinese paragraphs (DRCD, CMRC 2018) 80, which have the words of the answer that is known; of 6 to questions held back
4 (2026-11-30; one of each is added). Where only "to" joined it 1 of 2 was right, and that is left out."""

MOST_PAGES = 6
"""Articles that are looked at: those that the question names, and some of those that were found."""

LOOKED_AT = 120_000
"""Characters of an article that are looked at."""

LONGEST_SENTENCE = 450
"""Characters of a sentence; longer ones say too much at once."""

MOST_SAID = 6
"""Words that a question says: with more it says more than one thing."""

LEAST_SAID = 2
"""From how many on articles are looked at that the question does not name."""

MOST_LETTERS = 24

LEAST_LETTERS = 0.75
"""Share of the question's letters that stand in a sentence, in scripts without spaces."""

NEAR = 7
"""Words between what is asked and what joins its reason."""


STEM = 4
"""Letters at the beginning of a word by which "failed" is known from "fail"."""


def reasons(asked: Asked, hits: Sequence[PassageHit] = ()) -> list[Stated]:
    """The reason that a question asks for, as a sentence gives it; mostly none.

    Args:
        hits: passages that were found for the question.
    """
    question = asked.question.plain
    language = primary(question.language)
    words = reason_words(language)
    if words is None or question.kind is not Kind.REASON or question.form != "reason":
        return []
    said = _said(question, words)
    if not 0 < len(said) <= (MOST_LETTERS if unspaced(question.text) else MOST_SAID):
        return []
    least = LEAST_SAID if not asked.names else LEAST_SAID + len(said & words.naming)  # "why is X called X"
    found = hits if len(said) >= least else ()
    for page in _pages(asked, found, language):
        inside = any(
            (page.edition, page.article.id) == each.place and _is_inside(question, each) for each in asked.names
        )
        asks = folded(fold_han(question.text))
        effect = _Effect(page, said, question.denied, words.undone, asks, inside, _last_said(question, said))
        for start, end, first, last in _given(page, effect, words):
            told = made(page, first, last, start, end, 0.5)
            return [replace(told, claimed=OfClaims(side=f"{page.article.id.hex()} why", confidence=RIGHT))]
    return []


def _is_inside(question: ReadQuestion, name: Named) -> bool:
    """Whether a word for a place stands before a name in a question: "in Honduras"."""
    known, before = wording_words(primary(question.language)), question.text[: question.text.find(name.stands)].split()
    return known is not None and bool(before) and folded(before[-1]) in known.before


def _said(question: ReadQuestion, words: ReasonWords) -> frozenset[str]:
    """What all that a question says is compared by."""
    pieces, known = question.pieces, wording_words(primary(question.language))
    quiet = words.general | (known.denying if known is not None else frozenset())
    rows = zip(pieces.keys, pieces.words, counting_pieces(pieces), strict=True)
    return frozenset(
        _key(key, word, primary(question.language))
        for key, word, counts in rows
        if counts and word not in quiet and not word.endswith(("n't", "n’t"))
    )


def _last_said(question: ReadQuestion, said: frozenset[str]) -> str:
    """What the last word of a question that says something is compared by, where it is typed as no name: a verb,
    mostly; "" where it says nothing else."""
    pieces, language = question.pieces, primary(question.language)
    rows = zip(pieces.keys, pieces.words, pieces.kinds, strict=True)
    keys = [(_key(key, word, language), kind) for key, word, kind in rows]
    told = [(key, kind) for key, kind in keys if key in said]
    return told[-1][0] if len(said) > 1 and told and told[-1][1] == PLAIN and pieces.spaced else ""


def _key(key: str, word: str, language: str) -> str:
    """What a word is compared by."""
    known, words = wording_words(language), reason_words(language)
    if words is not None and word in words.alike:
        return words.alike[word]
    return key if known is None else compared_word(key, word, known)


def _keys(pieces: Pieces, language: str) -> frozenset[str]:
    return frozenset(_key(key, word, language) for key, word in zip(pieces.keys, pieces.words, strict=True))


def _pages(asked: Asked, hits: Sequence[PassageHit], language: str) -> Iterator[Page]:
    """The articles that are looked at: those that the question names, then those that were found."""
    places = dict.fromkeys([*(each.place for each in asked.names), *((hit.edition, hit.id) for hit in hits)])
    for place in list(places)[:MOST_PAGES]:
        page = asked.holdings.page(*place)
        if (
            page is not None
            and page.starts
            and primary(page.article.language) == language
            and asked.allows(page.article)
        ):
            yield page


@dataclass(frozen=True, slots=True)
class _Effect:
    """What is asked the reason of, for the sentences of one article; `verb`: its last word, where that follows others;
    `inside`: whether of something in its thing."""

    page: Page
    said: frozenset[str]
    denied: bool
    undone: re.Pattern[str]
    asked: str
    inside: bool
    verb: str = ""

    @property
    def language(self) -> str:
        return self.page.article.language

    def named(self) -> frozenset[str]:
        """What the title of the article is compared by."""
        title = _BRACKETED.sub("", self.page.article.title)
        return _keys(cut_pieces(title, self.language), primary(self.language))

    def wanted(self) -> frozenset[str]:
        """What a sentence has to say of the thing: all, in its own article without its name."""
        return self.said - self.named() if self.own() else self.said

    def own(self) -> bool:
        """Whether the article is that on the thing."""
        named = self.named()
        return bool(named) and named <= self.said

    def stands_in(self, text: str) -> bool:
        """Whether a stretch says all of it of the thing."""
        known, named = wording_words(primary(self.language)), self.named()
        pieces = cut_pieces(text, self.language)
        keys, wanted = _keys(pieces, primary(self.language)), self.wanted()
        if not wanted:
            return False
        if not pieces.spaced:
            return len(wanted & keys) >= LEAST_LETTERS * len(wanted)
        within = self.inside and len(wanted) > 1  # "why is water poor in X": the article on X is about what is there
        meant = within or not self.own() or bool(keys & named)
        meant = meant or known is None or not known.pronouns.isdisjoint(pieces.words)
        few = len(wanted) == 1 and not self.said <= keys
        if self._told_aside(pieces):
            return False
        return meant and wanted <= keys and (not few or self._begins(pieces))

    def _told_aside(self, pieces: Pieces) -> bool:
        """Whether the verb of the question only stands before its noun there: "merged companies" do not merge."""
        language = primary(self.language)
        keys = [_key(key, word, language) for key, word in zip(pieces.keys, pieces.words, strict=True)]
        last = [at for at, key in enumerate(keys) if key == self.verb]
        return bool(last) and all(
            at + 1 < len(keys) and keys[at + 1] != self.verb and keys[at + 1] in self.said for at in last
        )

    def is_told(self, text: str) -> bool:
        """Whether a stretch says it, denies what the question denies, and says not that it failed, was hoped for or is
        believed."""
        found = self.undone.findall(folded(fold_han(text)))
        told = self.stands_in(text) and denies(text, self.language) == self.denied
        return told and all(word[:STEM] in self.asked for word in found)

    def begins_with(self, text: str) -> bool:
        """Whether a sentence begins with the thing, or with what it is called."""
        return self._begins(cut_pieces(text, self.language)) and not denies(text, self.language)

    def _begins(self, pieces: Pieces) -> bool:
        """Whether a sentence begins with the thing: else one word of it says too little."""
        known = wording_words(primary(self.language))
        if known is None or not len(pieces):
            return False
        first = 1 if pieces.words[0] in known.articles and len(pieces) > 1 else 0
        begins = _key(pieces.keys[first], pieces.words[first], primary(self.language))
        return pieces.words[0] in known.subjects or begins in self.named()

    def ends_near(self, text: str, place: int) -> bool:
        """Whether what is asked stands near before a place, and nothing else is told between."""
        pieces, language = cut_pieces(text[:place], self.language), primary(self.language)
        if not pieces.spaced:
            return True
        last = max(at for at in range(len(pieces)) if _key(pieces.keys[at], pieces.words[at], language) in self.said)
        between = text[pieces.ends[last] : place]
        return len(pieces) - last <= NEAR and _BORDER.search(between) is None


def _given(page: Page, effect: _Effect, words: ReasonWords) -> Iterator[tuple[int, int, int, int]]:
    """(start, end of what is quoted, start, end of the reason) of the sentences that give it."""
    before: tuple[int, int] | None = None
    for start, end in sentence_spans(page.text, 0, min(len(page.text), LOOKED_AT)):
        text = page.text[start:end]
        lower = folded(fold_han(text))
        if len(text) > LONGEST_SENTENCE or "\t" in text or len(lower) != len(text):
            before = None
            continue
        refers = words.refers.match(lower)
        if refers is not None and before is not None and "\n" not in page.text[before[1] : start]:
            first, last = cut_reason(lower, refers.end(), len(lower), words)
            if last - first >= SHORTEST_REASON:
                yield before[0], end, start + first, start + last
        if effect.wanted() <= words.naming:
            after = words.named_for.search(lower)
            if after is not None and effect.begins_with(text):
                first, last = cut_reason(lower, after.start(), len(lower), words)
                yield start, end, start + first, start + last
            continue
        says = effect.stands_in(text)
        before = (start, end) if says and effect.is_told(text) else None
        found = _reason(text, lower, effect, words) if says else None
        if found is not None:
            yield start, end, start + found[0], start + found[1]


def _reason(text: str, lower: str, effect: _Effect, words: ReasonWords) -> tuple[int, int] | None:
    """(start, end) of the reason within a sentence that says what is asked."""
    found = None
    for start in (match.start() for match in words.behind.finditer(lower)):
        if start and found is None and effect.is_told(text[:start]) and effect.ends_near(text, start):
            found = cut_reason(lower, start, len(lower), words)
    opening = words.first.match(lower)
    comma = _COMMA.search(lower, opening.end()) if opening is not None else None
    if found is None and comma is not None and effect.is_told(text[comma.end() :]):
        found = 0, comma.start()
    for match in words.before.finditer(lower):
        if found is None and effect.is_told(text[match.end() :]):
            found = cut_reason(lower, 0, match.start(), words)
    if found is None or found[1] - found[0] < SHORTEST_REASON or words.pointing.fullmatch(lower, *found):
        return None
    return found


_COMMA = re.compile(r"[,，]")
_BORDER = re.compile(r"[;:—]|\.\s|,\s(?:and|but|which|who|where|while)\b")
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]\Z")
