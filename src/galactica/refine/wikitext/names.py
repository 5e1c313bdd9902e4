"""What a wiki's names mean: namespaces in many languages, links to other wikis, titles and their addresses.

The dump's own namespaces (`Site.namespaces`) come first; `names.toml` knows the common ones for dumps whose
description is short, and the codes of the other wikis. Standard: MediaWiki "Help:Namespaces", "Help:Interwiki".
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from html import escape, unescape
from importlib.resources import files
from urllib.parse import quote

from galactica.codes.casing import first_capital, has_dotless_i
from galactica.model import Site

MEDIA, SPECIAL, ARTICLE, FILE, TEMPLATE, CATEGORY = -2, -1, 0, 6, 10, 14
INTERWIKI = 10_000
"""Stands for "another wiki" where a namespace's number is asked for; `LANGUAGE` for the same page elsewhere."""

LANGUAGE = 10_001

_SAFE = "/:@!$()*,;~'"

_WITH_SUBPAGES = ("wikibooks", "wikiversity", "wikisource", "wikivoyage", "mediawiki", "meta.wikimedia")
"""Wikis whose articles have subpages (their address says which they are): there [[/Part]] leads below the page."""


class Names:
    """The names of one wiki. Immutable; shared by all of its pages.

    Args:
        site: what the dump said of the wiki; None where nothing is known.
        language: tag of its language, which decides what the capital of a first letter is.
    """

    def __init__(self, site: Site | None, language: str = "") -> None:
        data = _data()
        own = dict(site.namespaces) if site is not None else {}
        self._numbers = {**data.other_wikis, **data.namespaces, **own}
        self._numbers.pop("", None)
        self.first_letter = site.first_letter if site is not None else True
        self.subpages = site is not None and any(f"{name}." in site.base for name in _WITH_SUBPAGES)
        self.project = (site.project if site is not None else "") or "wikipedia"
        self._language = language
        self.href = lru_cache(maxsize=8192)(self._href)

    def split(self, title: str) -> tuple[int, str]:
        """(namespace number, rest) of a link's target; `INTERWIKI` and `LANGUAGE` for other wikis."""
        prefix, colon, rest = title.partition(":")
        if not colon:
            return ARTICLE, title
        number = self._numbers.get(" ".join(prefix.replace("_", " ").split()).lower())
        return (ARTICLE, title) if number is None else (number, rest)

    def is_template(self, title: str) -> bool:
        """True where the title names a template, with or without the namespace; False for other namespaces."""
        return self.split(title)[0] in (ARTICLE, TEMPLATE)

    def capital(self, title: str) -> str:
        """The title as its wiki writes it: single spaces, a capital first where the wiki wants one."""
        title = " ".join(title.replace("_", " ").split())
        return first_capital(title, self._language) if self.first_letter else title

    def _href(self, target: str) -> str:
        """Address (escaped for an attribute) of a title with an optional "#section"; "" for no title."""
        title, mark, section = unescape(target).partition("#")
        title = self.capital(title)
        anchor = "#" + quote("_".join(section.split()), safe=_SAFE) if mark and section.strip() else ""
        path = quote(title.replace(" ", "_"), safe=_SAFE)
        return escape(f"./{path}{anchor}" if path else anchor)


class _Data:
    """The tables of `names.toml`: name → number."""

    def __init__(self) -> None:
        tables = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
        self.namespaces: dict[str, int] = {}
        for key, names in tables["namespaces"].items():
            self.namespaces.update((name.lower(), int(key)) for name in names)
        self.other_wikis = dict.fromkeys(tables["languages"]["codes"].split(), LANGUAGE)
        self.other_wikis.update(dict.fromkeys(tables["wikis"]["prefixes"].split(), INTERWIKI))


@lru_cache(maxsize=1)
def _data() -> _Data:
    return _Data()


def names_of(site: Site | None, language: str = "") -> Names:
    """The names of a site whose pages are in `language`; the same object for the same site."""
    return _names(site, "tr" if has_dotless_i(language) else "")


@lru_cache(maxsize=64)
def _names(site: Site | None, language: str) -> Names:
    return Names(site, language)
