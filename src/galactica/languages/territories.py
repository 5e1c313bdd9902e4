"""What countries and continents are called in a language: "Südafrika" and ЮАР are "South Africa".

The names are CLDR's, by ISO 3166-1 and UN M49 code (Unicode Technical Standard 35, part 2), as Babel brings them; names
that people use besides stand in `territories.toml`. Where Babel is not installed only those are known.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages.tags import primary

LONGEST_NAME = 60
"""Characters of a name; no territory's is longer."""


def territory_called(name: str, language: str) -> str:
    """The code of what has a name in a language; "" for anything else.

    Example:
        >>> territory_called("南非", "zh")
        'ZA'
    """
    return _codes(primary(language)).get(_key(name), "") if len(name) <= LONGEST_NAME else ""


def territory_names(code: str, languages: Sequence[str]) -> tuple[str, ...]:
    """What a territory is called in some languages, the usual name of the first one first; each once."""
    return tuple(dict.fromkeys(name for tag in languages for name in _names(primary(tag)).get(code, ())))


@cache
def _codes(language: str) -> dict[str, str]:
    """Names as compared → codes; what two territories are called is no name of either."""
    found: dict[str, set[str]] = {}
    for code, names in _names(language).items():
        for name in names:
            found.setdefault(_key(name), set()).add(code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


@cache
def _names(language: str) -> dict[str, tuple[str, ...]]:
    """Codes → names in a language, the usual one first."""
    more = _used_besides().get(language, {})
    found: dict[str, dict[str, None]] = {}
    for locale in _LOCALES.get(language, (language,)):
        for code, name in _cldr(locale).items():
            if code not in _NO_TERRITORIES:
                found.setdefault(code, {}).update(dict.fromkeys(_forms(name)))
    for code, text in more.items():
        found.setdefault(code, {}).update(dict.fromkeys(each.strip() for each in text.split("|")))
    return {code: tuple(names) for code, names in found.items()}


@cache
def _used_besides() -> dict[str, dict[str, str]]:
    """Language → code → names that people use besides, set apart by "|"."""
    return tomllib.loads(files(__package__).joinpath("territories.toml").read_text("utf-8"))


_LOCALES = {"zh": ("zh_Hans", "zh_Hant")}
_NO_TERRITORIES = frozenset(("ZZ", "XA", "XB", "QO", "001"))


def _cldr(locale: str) -> dict[str, str]:
    try:
        from babel import Locale, UnknownLocaleError  # here, because few questions name a country in another language
    except ImportError:
        return {}
    try:
        return dict(Locale.parse(locale).territories)
    except (UnknownLocaleError, ValueError):
        return {}


def _forms(name: str) -> list[str]:
    """A name as it stands, and what is used of it: "Myanmar (Burma)", "Myanmar", "Burma"; "Saint Lucia"."""
    outer, _, inner = name.partition(" (")
    inner = inner.removesuffix(")")
    forms = [name, outer, *([inner] if inner and inner[:1].isupper() else [])]
    forms += [_BESIDE.sub(r"\1 (\2)", name), name.replace("&", "and"), _SAINT.sub("Saint ", name).replace("&", "and")]
    return list(dict.fromkeys(forms))


_BESIDE, _SAINT = re.compile(r"\A(\w+) - (\w+)\Z"), re.compile(r"\ASt\. ")


def _key(name: str) -> str:
    return " ".join(folded(fold_han(name)).replace("’", "'").split())
