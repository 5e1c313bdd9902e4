"""A question in the language of the library, where it is understood wholly: "Quando nasceu Karl Marx?" asks an English
edition "when was Karl Marx born".

Words find nothing in another language, and what a reader makes of a quotation in another one is less sure. But what is
asked of what, is told by the library and by tables (`wishes`): the thing is an article, all other words are a property.
Such a question is put to an edition that has nothing in its language as whoever wrote that edition would ask, provided
that it is then still understood to ask for the same, and is searched, read, checked and weighed like any other. One
that is not understood wholly stays as it was typed; then its names are looked for by what the library calls them, and
what does not speak of any of these things is not read (`finding`).

How properties are asked for stands in `across.toml`. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import surname_of
from galactica.ask.heard import meant_by_sound
from galactica.ask.properties import first_name
from galactica.ask.question import read_question
from galactica.ask.sides import unglossed
from galactica.ask.wishes import DEFINITION, OF_PEOPLE, Wish, asked_of_any
from galactica.languages import primary, separates_words


def across(asked: Asked) -> Asked:
    """A question as it is put to one edition: in the edition's own language where it has none in the question's and all
    that is asked is understood; else as it was typed, with what the library calls the things that it names
    (`Asked.here`)."""
    if asked.at_home:
        return asked
    for wish, place in _things(asked):
        for text, language in _worded(asked, wish, place):
            put = replace(asked, question=read_question(text, language))
            if any(_same_property(wish, other) for other in put.wishes):
                return put
    titles = dict.fromkeys(_title(asked, named.place)[0] for named in asked.names)
    names = tuple(title for title in titles if title)
    rest = asked.question.text
    for named in asked.names:
        rest = rest.replace(named.stands, " ")
    return replace(asked, here=names, worded=" ".join(" ".join((*names, rest)).split())) if names else asked


def _things(asked: Asked) -> Iterator[tuple[Wish, tuple[str, bytes] | None]]:
    """What is asked of what: of things by their names, then of what has a name that sounds like one."""
    for wish in asked.wishes:
        yield wish, _called(asked, wish)
    several = asked_of_any(asked.question)
    things = list(dict.fromkeys(wish.thing for wish in several))[:MOST_HEARD]
    for wish in several:
        if wish.thing in things:
            called = asked.called(wish.thing)
            yield wish, asked.holdings.titled(called) if called else meant_by_sound(asked, wish)


MOST_HEARD = 2
"""Names that are listened for in one question, the shortest."""


def _called(asked: Asked, wish: Wish) -> tuple[str, bytes] | None:
    """(edition, id) of the article on the thing of a wish."""
    if wish.property is None:
        return None
    thing = asked.called(wish.thing) if wish.property is DEFINITION else wish.thing
    place = asked.holdings.titled(thing) if thing else None
    if place is None and thing and not OF_PEOPLE.isdisjoint(wish.property.claims):
        place = next(iter(surname_of(asked.holdings, thing)), None)
    return place


def _same_property(wish: Wish, other: Wish) -> bool:
    """Whether a question that was put otherwise is still understood to ask for the same."""
    return None not in (wish.property, other.property) and wish.property == other.property


def _worded(asked: Asked, wish: Wish, place: tuple[str, bytes] | None) -> Iterator[tuple[str, str]]:
    """(question, its language) that asks for the same; nothing where that cannot be said."""
    if wish.property is None or place is None:
        return
    title, language = _title(asked, place)
    pattern = _pattern(wish.property.name, language) if title else ""
    if pattern:
        text = pattern.replace("~", _in_sentence(asked, place, title) if language == "en" else title)
        yield (f"{text} {wish.year.rstrip('年')}" if wish.year else text), language


def _title(asked: Asked, place: tuple[str, bytes]) -> tuple[str, str]:
    """(title, language) of an article, without what tells it from others where it is found without that."""
    page = asked.holdings.page(*place)
    if page is None or not asked.allows(page.article):
        return "", ""
    title = page.article.title
    plain = unglossed(title).strip()
    found = plain if plain and plain != title and asked.holdings.titled(plain) == place else title
    return _SPACES.sub(" ", found), primary(page.article.language)


_SPACES = re.compile(r"\s+")


def _in_sentence(asked: Asked, place: tuple[str, bytes], title: str) -> str:
    """A title as its own article writes it in a sentence: "the Eiffel Tower", "the piano"."""
    page = asked.holdings.page(*place)
    text = page.text[:BEGINNING] if page is not None else ""
    first = re.match(rf"(?:The|An?) (?P<name>{re.escape(title)})\b", text, re.IGNORECASE)
    small = title[:1].lower() + title[1:]
    if first is not None:
        return f"the {first['name'] if small not in text else small}"
    return small if re.search(rf"(?<![^\W_]){re.escape(small)}\b", text) else title


BEGINNING = 1_000
"""Characters of an article in which its title is looked for as it stands in a sentence."""


def _pattern(name: str, language: str) -> str:
    """How a property is asked for in a language; "" where it has no name there."""
    told = _patterns().get(name, {}).get(language, "")
    if told:
        return told
    called = first_name(name, language)
    return "" if not called else f"{called} ~" if separates_words(language) else f"~{called}"


@cache
def _patterns() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("across.toml").read_text("utf-8"))
