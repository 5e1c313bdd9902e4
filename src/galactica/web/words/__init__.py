"""What the room says, and in which language it says it.

The catalogues are data: three TOML files a language, `TAG.toml` (the pages), `said.TAG.toml` (sentences that arise
elsewhere, `model.said`; English ones stand where they arise) and `kinds.TAG.toml` (kinds of files), and the addresses
of licences. A language is added by adding its three files: nothing else lists them.

A sentence is a text, or a table of texts by the form that goes with a number (`languages.plural_category`):

    steps.one = "One step"
    steps.other = "{n} steps"
    read-by-words = {by = "number", one = "…", few = "…", many = "…"}

`by` names the value that decides; without it, it is {n}. The choice of a language follows a person's own, kept in a
cookie, else `Accept-Language` (RFC 9110 §12.5.4, by the lookup of RFC 4647 §3.4); a browser that asks for none of them
gets English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import floor, log10
from pathlib import Path

from galactica.languages import PLURALS, cldr_number, plural_category, primary, ranges, right_to_left
from galactica.model.said import Listed, Said, Translated, WholeNumber

Forms = Mapping[str, str]
"""A category of `languages.PLURALS` → the sentence in that form, and "by" → the value that decides."""

COUNTED = "n"
"""The value that decides where a table does not say."""

_HERE = Path(__file__).parent
_SAID = "said."
_SIZES = ("size_b", "size_kb", "size_mb", "size_gb", "size_tb")

_APART = "\u2068\u2069"
_RIGHT_TO_LEFT = "\u200f"
_VALUE = re.compile(f"{_APART[0]}[^{_APART[1]}]*{_APART[1]}|{{\\w+}}")
"""Marks around what has a direction of its own (UAX #9 §2.4) and one that says which a text has; what stands between
the former, and places of values."""

INTERFACES = ("en", *sorted(file.stem.removeprefix(_SAID) for file in _HERE.glob(f"{_SAID}*.toml")))
"""Languages that the room speaks, the one for all others first."""


class Words:
    """One language's catalogue.

    Attributes:
        language: its BCP 47 tag.
        direction: "ltr" or "rtl", which way it is written.
        back, onward: arrows to what is before and behind, on a page in it.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.direction = "rtl" if right_to_left(language) else "ltr"
        self.back, self.onward = "→←" if self.direction == "rtl" else "←→"
        self._words = self._read(f"{language}.toml")
        self._said = self._read(f"{_SAID}{language}.toml")
        self._kinds = _catalogue(f"kinds.{language}.toml")

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`, filled in: whole numbers are written as the language does and choose the form.

        Raises:
            KeyError: the catalogue lacks it.
        """
        if not values:
            return self._form(self._words[key], {})
        written = {name: self.number(each) if isinstance(each, int) else each for name, each in values.items()}
        return self._form(self._words[key], values).format(**written)

    def count(self, key: str, number: int) -> str:
        """The words for a number of things, with {n} filled in."""
        return self(key, n=number)

    def number(self, number: float, places: int = 0) -> str:
        """A number as the language writes it, in the digits 0 to 9, with so many decimals."""
        return cldr_number(number, self.language, places)

    def figures(self, number: float) -> str:
        """A number with its three highest digits, without zeros behind a decimal: "12.3", "0.25", "1,230"."""
        places = max(0, 2 - floor(log10(abs(number)))) if number else 0
        rounded = f"{number:.{places}f}"
        decimals = len(rounded.rstrip("0").partition(".")[2]) if places else 0
        return self.number(number, decimals)

    def size(self, number: float) -> str:
        """Bytes for a person: "12.3 MB", "12,3 Mo"."""
        step = 0
        while number >= 1000 and step < len(_SIZES) - 1:
            number, step = number / 1000, step + 1
        return self(_SIZES[step], n=self.number(number, int(step > 0)))

    def file_kind(self, called: str) -> str:
        """What a kind of files is called (`sources.kinds`); as it is where the catalogue does not know it."""
        if called.startswith(".") and called.endswith(" file"):
            pattern = self._form(self._kinds.get("file of an ending", "{ending} file"), {})
            return pattern.format(ending=called.removesuffix(" file"))
        return self._form(self._kinds.get(called, called), {})

    def licence(self, stated: str) -> tuple[str, str]:
        """(name to show, address or "") for what a source says of its licence; "@public_domain" is said in words."""
        name, address = _LICENCES.get(stated.strip().lower(), (stated.strip(), ""))
        return (self(name[1:]) if address and name.startswith("@") else name), address

    def said(self, text: str) -> str:
        """A sentence that came from elsewhere (`model.said`) in this language; as it is where it has no code."""
        if isinstance(text, Listed):
            listed = self("and").join(self._quoted(self.said(item)) for item in text.items)
            return listed if self.direction == "ltr" else f"{_RIGHT_TO_LEFT}{listed}"
        if isinstance(text, Translated):
            return text.names.get(primary(self.language), text)
        if isinstance(text, WholeNumber):
            return self.number(text.value)
        pattern = self._said.get(text.code) if isinstance(text, Said) else None
        if not pattern or not isinstance(text, Said):
            return text
        values = {name: each.value if isinstance(each, WholeNumber) else each for name, each in text.values.items()}
        return self._form(pattern, values).format(**{name: self.said(each) for name, each in text.values.items()})

    def _quoted(self, text: str) -> str:
        """An item of a list: in the quotation marks of the language, where it stands in those of English."""
        inside = text[1:-1]
        if text == f"“{inside}”":
            return self("quoted", text=inside)
        return text if self.direction == "ltr" else _apart(text)

    def _read(self, name: str) -> dict[str, str | Forms]:
        """What stands in a file; where it runs right to left, values are kept apart: "384,000 km" would be turned."""
        catalogue = _catalogue(name)
        if self.direction == "ltr":
            return catalogue
        return {
            key: _kept_apart(each)
            if isinstance(each, str)
            else {form: _kept_apart(text) for form, text in each.items()}
            for key, each in catalogue.items()
        }

    def _form(self, sentence: str | Forms, values: Mapping[str, object]) -> str:
        """The sentence in the form that the deciding value asks for; "other" where that is no number or has no form."""
        if isinstance(sentence, str):
            return sentence
        number = values.get(sentence.get("by", COUNTED))
        category = plural_category(abs(number), self.language) if isinstance(number, int) else PLURALS[-1]
        return sentence.get(category) or sentence.get(PLURALS[-1]) or list(sentence.values())[-1]

    @property
    def keys(self) -> frozenset[str]:
        """All keys, for the test that catalogues agree."""
        return frozenset(self._words)


def _kept_apart(sentence: str) -> str:
    """The sentence with marks around each value, but none inside of marks that it has itself: around a command, which
    has to be copied without any."""
    return _VALUE.sub(lambda found: found[0] if found[0][0] == _APART[0] else _apart(found[0]), sentence)


def _apart(text: str) -> str:
    return f"{_APART[0]}{text}{_APART[1]}"


def _catalogue(name: str) -> dict[str, str | Forms]:
    """What stands in a file; nothing where there is none."""
    file = _HERE / name
    return dict(tomllib.loads(file.read_text("utf-8"))) if file.is_file() else {}


_LICENCES: dict[str, tuple[str, str]] = {
    key: (name, url) for key, (name, url) in tomllib.loads((_HERE / "licences.toml").read_text("utf-8")).items()
}


class Catalogues(Mapping[str, Words]):
    """Language → its catalogue, for all of `INTERFACES`; one is read when it is first asked for."""

    def __init__(self) -> None:
        self._read: dict[str, Words] = {}

    def __getitem__(self, language: str) -> Words:
        if language not in INTERFACES:
            raise KeyError(language)
        if language not in self._read:
            self._read[language] = Words(language)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(INTERFACES)

    def __len__(self) -> int:
        return len(INTERFACES)


CATALOGUES = Catalogues()


@lru_cache(maxsize=256)
def choose_language(accept: str) -> str:
    """The interface language for an `Accept-Language` header; its first 200 characters count."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept[:200].split(",")):
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            quality = 0.0
        if tag and quality > 0:
            wishes.append((-quality, place, tag.strip().lower()))
    for _, _, wish in sorted(wishes):
        if found := interface_in(wish):
            return found
    return INTERFACES[0]


def interface_in(wish: str) -> str:
    """Which of `INTERFACES` a language is spoken by: its own, that of ever fewer parts of its tag (RFC 4647 §3.4), or
    that of another variant ("zh-Hans" for "zh-TW"); "" where there is none."""
    exact = {tag.lower(): tag for tag in INTERFACES}
    alike = {primary(tag): tag for tag in reversed(INTERFACES)}
    return next((found for part in ranges(wish) if (found := exact.get(part) or alike.get(part))), "")


def direction(tag: str) -> str:
    """The `dir` attribute for text in a language: "rtl", or "auto" where the text itself tells."""
    return "rtl" if right_to_left(tag) else "auto"
