"""Questions made of a sentence: a value of it is taken out, and asked for.

1. Asked is in the value's own clause, widened until it says something besides: "renamed Arland Bridge in when?" is
   answered where a sentence of three renamings is not.
2. Each is asked in two forms: with a word that asks in the place of the value, and with that word in front.
3. Values are dates, numbers with what they count, and names; a name of one word only where it is seen to be one. No
   value is a date from which, or until which, something was so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.joining.disagreements.prose.events import MONTHS
from galactica.joining.disagreements.prose.sentences import Sentence, stem_of_word, words_listed
from galactica.values.amounts import Amount, amounts
from galactica.values.dates import Date, dates

MOST_OF_SENTENCE = 8
"""Values of a sentence that are asked about."""

LONGEST_QUESTION = 300
"""Characters of a question: the reader cuts longer ones anyway."""

LEAST_WORDS = 3
"""Words that say something which a clause must have besides the value; else the clause beside it is added."""

LONGEST_UNIT = 30
"""Characters behind a number in which its unit stands."""

_DATE = re.compile(
    rf"(?:\d{{1,2}} (?:{MONTHS}),? )?(?<![\d.,/–-])\b(?:1[0-9]\d\d|20\d\d)\b(?![\d–-]|[.,]\d)"
    rf"|(?:{MONTHS}) \d{{1,2}},? \d{{4}}|(?:{MONTHS}) \d{{4}}|(?:(?:early|mid|late)[ -])?\b1\d\d0s\b"
)
_NUMBER = re.compile(
    r"(?<![\w.,–-])(?:\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?= [a-z])"
)
_WORD = r"(?<!\w)[A-Z](?:[^\W\d]|['’-])+(?:–[A-Z](?:[^\W\d]|['’-])+)?(?!\w)"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:of|de|von|van|der|al) )?{_WORD}){{0,4}}")
_PATTERNS = {"date": _DATE, "number": _NUMBER, "name": _NAME}
_INSIDE = {"date": "when", "name": "who or what"}
_CALLED = re.compile(r"[a-z]{3,}\b")
_BREAK = re.compile(
    r"[;:),–—]\s(?:(?:and|but|while|which|who|where)\s)?|\s\(|\s(?:and|but|while|when|although|because)\s"
)
_LOOSE = re.compile(r"\b(?:in|on|of|at|by|since|to|the|from|a)\s*\Z")
_BOUND = re.compile(
    r"\b(?:from|between|since|until|till|before|after|through|(?:from|between)\s[\w\s]{1,20}\s(?:to|and))"
    r"\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_MONTHS = frozenset(stem_of_word(name) for name in MONTHS.split("|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedValue:
    """A value with the sentence that says it.

    Attributes:
        kind: "date", "number" or "name".
        start, end: in the text of the sentence.
        amount, noun, days: a number with its unit; the stem of what it counts; what dates a date may be.
    """

    sentence: Sentence
    kind: str
    text: str
    start: int
    end: int
    amount: Amount | None = None
    noun: str = ""
    days: tuple[Date, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """(start, end) in the whole text."""
        return self.sentence.start + self.start, self.sentence.start + self.end

    @property
    def questions(self) -> tuple[str, ...]:
        """What asks for it, in its own clause: with a word in its place, and with that word in front."""
        first, last = self.clause
        said = self.sentence.text
        before, behind = said[first : self.start], said[self.end : last].strip().rstrip(".")
        front = _LOOSE.sub("", before)
        kind = _CALLED.match(behind) if self.kind == "name" and before.endswith(" the ") else None
        if kind:  # "joined the Norrby club"
            forms = [f"{front} which {behind}?", f"Which {kind[0]} {front} {behind[kind.end() :]}?"]
        elif self.kind == "number":  # the noun stands behind it
            forms = [f"{before} how many {behind}?", f"How many {behind} {front}?"]
        else:
            forms = [f"{before} {_INSIDE[self.kind]} {behind}?", f"{_INSIDE[self.kind].capitalize()} {front} {behind}?"]
        return tuple(dict.fromkeys(_tidy(each) for each in forms))

    @property
    def clause(self) -> tuple[int, int]:
        """(start, end) in the sentence of the value's clause, with as many of those before it, and then of those behind
        it, as it takes to say anything."""
        said = self.sentence.text
        breaks = list(_BREAK.finditer(said))
        firsts = [0, *(each.end() for each in breaks if each.end() <= self.start)]
        lasts = [*(each.start() for each in breaks if each.start() >= self.end), len(said)]
        while _telling(said[firsts[-1] : self.start] + said[self.end : lasts[0]]) < LEAST_WORDS:
            if len(firsts) > 1:
                firsts.pop()
            elif len(lasts) > 1:
                lasts.pop(0)
            else:
                break
        return firsts[-1], lasts[0]


def _telling(text: str) -> int:
    """How many words of a text say something."""
    return sum(1 for word in re.findall(r"\w+", text) if stem_of_word(word))


def _tidy(question: str) -> str:
    return " ".join(question.split())[:LONGEST_QUESTION].replace(" ?", "?")


def values_to_ask(sentence: Sentence, topic: frozenset[str]) -> list[AskedValue]:
    """The dates, numbers and names of a sentence that can be asked for; none where it reports or supposes."""
    if sentence.hedged:
        return []
    found: list[AskedValue] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(sentence.text):
            stems = {stem_of_word(word) for word in re.findall(r"\w+", match[0])} - {""}
            before = set(sentence.text[max(0, match.start() - 24) : match.start()].lower().split()[-3:])
            if any(each.start < match.end() and match.start() < each.end for each in found):
                continue
            if kind == "name" and (
                not stems
                or stems & topic
                or stems & _MONTHS
                or is_adjective(match[0])
                or (" " not in match[0] and not _named_there(sentence.text, match))
            ):
                continue
            if kind == "number" and before & words_listed("parts"):
                continue
            if kind == "date" and _BOUND.search(sentence.text[: match.start()]):
                continue
            found.append(_value(sentence, kind, match))
    return sorted(found, key=lambda each: each.start)[:MOST_OF_SENTENCE]


def of_several(each: AskedValue) -> bool:
    """Whether a name is one of several that a sentence names: an example, or in a list."""
    said = each.sentence.text
    return each.kind == "name" and bool(
        _EXAMPLE.search(said, 0, each.start)
        or _JOINED.search(said, 0, each.start)
        or _LISTED.match(said, each.end)
        or (_COMMA.search(said, 0, each.start) and _GOES_ON.match(said, each.end))
    )


_EXAMPLE = re.compile(
    r"\b(?:such as|including|includes?|like|particularly|especially|notably|e\.g\.,?|for example,?|for instance,?)"
    r"\s[^.;:()]{0,80}\Z"
)
_JOINED = re.compile(rf"{_WORD},? (?:and|or) (?:the )?\Z")
_COMMA = re.compile(rf"{_WORD}, (?:the )?\Z")
_GOES_ON = re.compile(rf",? (?:and|or) |, (?:the )?{_WORD}")
_LISTED = re.compile(rf",? (?:and|or) (?:the )?{_WORD}|, (?:the )?{_WORD}(?:,|(?: [A-Z]\w+)?,? (?:and|or) )")
MONTH = re.compile(rf"\b(?:{MONTHS})\b")


def in_life(each: AskedValue) -> bool:
    """Whether a date is said of a life: of a birth or a death, or in a bracket with both."""
    said = each.sentence.text
    begin, end = said.rfind("(", 0, each.start), said.find(")", each.end)
    bracket = said[begin:end] if begin >= 0 and end >= 0 and ")" not in said[begin : each.start] else ""
    return bool(_BORN.search(said[slice(*each.clause)]) or _BORN.search(bracket) or _LIFE.search(bracket))


_BORN = re.compile(r"\b(?:[Bb]orn|[Bb]irth|[Dd]ied|[Dd]eath|b\.|d\.)")
_LIFE = re.compile(r"\d{4}\s*[–-]\s*(?:[\w ,]*\d{4}|\Z)")


def is_adjective(word: str) -> bool:
    """Whether a word with a capital is an adjective by its ending, or an era: "Italian", "Western", "BC"; no name."""
    return _ADJECTIVE.fullmatch(word) is not None


_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ian|man|ean|ish|ese|ern)|BCE?|CE|AD")


def _named_there(text: str, match: re.Match[str]) -> bool:
    """Whether a word with a capital is a name: it does not begin the sentence, or what follows shows that it is one."""
    return bool(text[: match.start()].strip(" \"'“‘(")) or _NAMED.match(text, match.end()) is not None


_NAMED = re.compile(r" \(| (?:is|was|were|are|has|had)\b")


def _value(sentence: Sentence, kind: str, match: re.Match[str]) -> AskedValue:
    """A value as it is compared; a number with the word behind it, which may be its unit."""
    behind = re.findall(r"[^\s(),;]+", sentence.text[match.end() : match.end() + LONGEST_UNIT])[:2]
    found = amounts(f"{match[0]} {' '.join(behind)}") if kind == "number" else []
    return AskedValue(
        sentence=sentence,
        kind=kind,
        text=match[0],
        start=match.start(),
        end=match.end(),
        amount=found[0] if found else None,
        noun="" if not found or found[0].unit or not behind else stem_of_word(behind[0]),
        days=tuple(dates(match[0])) if kind == "date" else (),
    )
