"""In which order an edition travels: a policy is a file in TOML that says what comes first, and how the rest follows.

An article is in the first of the groups it fits (all that a group names must fit: its language, its source, and one of
its titles or words), else behind them all. Within a group articles stand by what `order` says, each on a scale of
doublings so that a small change of an edition changes little, and at last by their ids: the same edition and policy
always give the same order. docs/formats/pack.md describes the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.han import unspaced
from galactica.codes.letters import title_key
from galactica.edition.info import read_bounded
from galactica.errors import InputError
from galactica.model import Article

MAX_POLICY = 2**20
"""Bytes of a file."""

MAX_GROUPS = 64
"""Groups of a policy: each is looked at for each article."""

MAX_PHRASES = 10_000
"""Titles and words of a group."""

ORDERS = ("links", "length", "short", "language", "source")
"""What articles can be ordered by: most linked to, longest, shortest, by tag of language, by key of source."""

_DEFAULT = Path(__file__).with_name("default_policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGroup:
    """Articles that come before others.

    Attributes:
        called: for people.
        titles: keys (`codes.letters.title_key`) of titles, one of which the article has; none where any will do.
        words: finds a phrase in the key of a title or category; None where any will do.
        languages, sources: that the article's must be among; none where any will do.
    """

    called: str
    titles: frozenset[str]
    words: re.Pattern[str] | None
    languages: frozenset[str]
    sources: frozenset[str]

    def takes(self, article: Article, titles: frozenset[str], keys: str) -> bool:
        """Whether an article is in the group.

        Args:
            titles: the keys of its title and its other names.
            keys: of its title and categories, a line each.
        """
        if self.languages and article.language.partition("-")[0] not in self.languages:
            return False
        if self.sources and article.source not in self.sources:
            return False
        if not self.titles and self.words is None:
            return True
        return bool(self.titles & titles) or (self.words is not None and self.words.search(keys) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What comes first.

    Attributes:
        name: for people.
        groups: the most important first.
        by: names of `ORDERS`, by which articles of one group stand.
    """

    name: str
    groups: tuple[PriorityGroup, ...]
    by: tuple[str, ...]

    def group_of(self, article: Article) -> int:
        """Number of the group that an article is in, from 0; the number of groups where it is in none."""
        titles = frozenset(title_key(name) for name in (article.title, *(alias.title for alias in article.aliases)))
        keys = "\n".join(map(title_key, (article.title, *article.categories)))
        return next(
            (number for number, group in enumerate(self.groups) if group.takes(article, titles, keys)),
            len(self.groups),
        )


def default_policy() -> Policy:
    """The policy that is used where nobody names another: safety and medicine first, then what much is linked to."""
    return read_policy(_DEFAULT)


def policy_choosing(terms: Sequence[str], rest: Policy) -> Policy:
    """The policy that puts first, one group for each, the articles that a person names: by a title, or by words in
    titles and categories.

    Args:
        terms: what was said.
        rest: says how articles of one group stand.

    Raises:
        InputError: more than `MAX_GROUPS`.
    """
    if len(terms) > MAX_GROUPS:
        raise InputError(f"More than {MAX_GROUPS} titles and topics are named.", "Name fewer, or order by a policy.")
    groups = tuple(
        PriorityGroup(
            called=term,
            titles=frozenset({title_key(term)}),
            words=_finder([term]),
            languages=frozenset(),
            sources=frozenset(),
        )
        for term in terms
    )
    return Policy(name="chosen", groups=groups, by=rest.by)


def read_policy(file: Path) -> Policy:
    """The policy in a file.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        raw = tomllib.loads(read_bounded(file, MAX_POLICY))
        return _policy(raw)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise InputError(
            f"{file} is no policy of the order in which an edition travels: {error}.",
            "See docs/formats/pack.md for what stands in one.",
        ) from error


def _policy(raw: Mapping[str, object]) -> Policy:
    unknown = set(raw) - {"policy", "name", "first", "order"}
    if raw.get("policy") != 1 or unknown:
        raise ValueError(f"it must say policy = 1, and cannot say {', '.join(sorted(unknown)) or 'anything else'}")
    groups, order = raw.get("first", []), raw.get("order", {})
    if not isinstance(groups, list) or len(groups) > MAX_GROUPS or not isinstance(order, dict):
        raise ValueError(f"first must be at most {MAX_GROUPS} tables, order one")
    by = _texts(order, "by") or ("links", "length")
    if not set(by) <= set(ORDERS) or set(order) - {"by"}:
        raise ValueError(f"order can be by {', '.join(ORDERS)}")
    return Policy(name=_text(raw, "name"), groups=tuple(_group(each) for each in groups), by=by)


def _group(raw: object) -> PriorityGroup:
    if not isinstance(raw, dict):
        raise TypeError("first must be tables")
    if unknown := set(raw) - {"called", "titles", "words", "languages", "sources"}:
        raise ValueError(f"a group cannot say {', '.join(sorted(unknown))}")
    titles, words = _texts(raw, "titles"), _texts(raw, "words")
    if len(titles) + len(words) > MAX_PHRASES:
        raise ValueError(f"a group has more than {MAX_PHRASES:,} phrases")
    return PriorityGroup(
        called=_text(raw, "called"),
        titles=frozenset(map(title_key, titles)),
        words=_finder(words) if words else None,
        languages=frozenset(_texts(raw, "languages")),
        sources=frozenset(_texts(raw, "sources")),
    )


def _finder(words: Iterable[str]) -> re.Pattern[str]:
    """Finds one of some phrases: as whole words, but anywhere in scripts that have no spaces."""
    keys = sorted({key for key in map(title_key, words) if key})
    spaced = [re.escape(key) for key in keys if not unspaced(key)]
    dense = [re.escape(key) for key in keys if unspaced(key)]
    whole = [rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"] if spaced else []
    return re.compile("|".join([*whole, *dense]) or r"(?!)")


def _text(raw: Mapping[str, object], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text")
    return value


def _texts(raw: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise TypeError(f"{name} must be an array of texts")
    return tuple(value)
