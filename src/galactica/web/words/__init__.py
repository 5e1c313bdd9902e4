"""What the room says, and in which language it says it.

The catalogues are data: one TOML file a language with the same keys, and licence addresses. The choice
follows `Accept-Language` (RFC 9110 §12.5.4); a browser that asks for neither gets English.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from galactica.languages import primary, right_to_left
from galactica.model.said import Listed, Said, Translated

INTERFACES = ("en", "zh-Hans")
"""Languages that the room speaks, the one for all others first."""

_HERE = Path(__file__).parent


class Words:
    """One language's catalogue.

    Attributes:
        language: its BCP 47 tag.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _flat(tomllib.loads((_HERE / f"{language}.toml").read_text("utf-8")))
        told = _HERE / f"said.{language}.toml"  # English is said where it arises
        self._said = _flat(tomllib.loads(told.read_text("utf-8"))) if told.is_file() else {}
        kinds = _HERE / f"kinds.{language}.toml"
        self._kinds = _flat(tomllib.loads(kinds.read_text("utf-8"))) if kinds.is_file() else {}

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`, filled in; KeyError where the catalogue lacks it."""
        text = self._words[key]
        return text.format(**values) if values else text

    def count(self, key: str, number: int) -> str:
        """The words for a number of things: `key`.one or `key`.many with {n} filled in."""
        return self._words[f"{key}.one" if number == 1 else f"{key}.many"].format(n=f"{number:,}")

    def file_kind(self, called: str) -> str:
        """What a kind of files is called (`sources.kinds`); as it is where the catalogue does not know it."""
        if called.startswith(".") and called.endswith(" file"):
            return self._kinds.get("file of an ending", "{ending} file").format(ending=called.removesuffix(" file"))
        return self._kinds.get(called, called)

    def said(self, text: str) -> str:
        """A sentence that came from elsewhere (`model.said`) in this language; as it is where it has no code."""
        if isinstance(text, Listed):
            return self("and").join(self.said(item) for item in text.items)
        if isinstance(text, Translated):
            return text.names.get(primary(self.language), text)
        pattern = self._said.get(text.code) if isinstance(text, Said) else None
        if not pattern or not isinstance(text, Said):
            return text
        return pattern.format(**{name: self.said(value) for name, value in text.values.items()})

    @property
    def keys(self) -> frozenset[str]:
        """All keys, for the test that catalogues agree."""
        return frozenset(self._words)


def _flat(tree: dict[str, object], prefix: str = "") -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            out |= _flat(value, f"{prefix}{key}.")
        else:
            out[prefix + key] = str(value)
    return out


CATALOGUES = {language: Words(language) for language in INTERFACES}
_LICENCES: dict[str, tuple[str, str]] = {
    key: (name, url) for key, (name, url) in tomllib.loads((_HERE / "licences.toml").read_text("utf-8")).items()
}


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
    for _, _, tag in sorted(wishes):
        if primary(tag) in ("en", "zh"):
            return "zh-Hans" if primary(tag) == "zh" else "en"
    return INTERFACES[0]


def licence(words: str) -> tuple[str, str]:
    """(name to show, address or "") for what a source says of its licence."""
    return _LICENCES.get(words.strip().lower(), (words.strip(), ""))


def direction(tag: str) -> str:
    """The `dir` attribute for text in a language: "rtl", or "auto" where the text itself tells."""
    return "rtl" if right_to_left(tag) else "auto"
