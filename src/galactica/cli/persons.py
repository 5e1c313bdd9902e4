"""The language of the person at the terminal, which the environment names, and sentences in it.

Where the reading room speaks that language, sentences that know what they say (`model.said`) are said with its words;
all others stay English. The order of the variables is that of POSIX (XBD §8.2), with GNU gettext's LANGUAGE first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from galactica.model.said import Said

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = ("C", "POSIX")


def persons_languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Languages that an environment names, as BCP 47 writes them, the one that is liked best first; () for none.

    Args:
        environment: names and values of its variables; "pt_BR.UTF-8" is "pt-BR".
    """
    chosen = next((value for name in _VARIABLES if (value := environment.get(name, ""))), "")
    locale = _tag(chosen)
    if locale in ("", *_NO_LANGUAGE):
        return ()  # gettext too heeds LANGUAGE only where a locale is chosen
    liked = (_tag(each) for each in environment.get("LANGUAGE", "").split(":"))
    return tuple(dict.fromkeys(each for each in (*liked, locale) if each and each not in _NO_LANGUAGE))


def in_persons_language(text: str) -> str:
    """A sentence in the first of the person's languages that the reading room speaks; as it is where there is none."""
    if not isinstance(text, Said):
        return text
    from galactica.web.words import CATALOGUES, interface_in  # here, because most commands fail of nothing

    spoken = next((found for each in persons_languages(os.environ) if (found := interface_in(each))), "")
    return CATALOGUES[spoken].said(text) if spoken else text


def _tag(locale: str) -> str:
    """A locale's name without its encoding and variant, as BCP 47 writes it."""
    return locale.partition(".")[0].partition("@")[0].replace("_", "-")
