"""Topics in a terminal: which articles are about the same thing, and why two of them are or are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, tell, write, write_json
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.edition import Head
    from galactica.joining.topics.kept import JoinedTopic, TopicPair
    from galactica.library import TopicsFound

SHOWN = 50
"""Topics that are listed; --json gives all."""

UNKNOWN_SHOWN = 10

_Edition = Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")]


@verb
def topics_verb(
    edition: _Edition,
    article: Annotated[
        str, typer.Argument(metavar="[ARTICLE]", help="A title, an id, an address, or SOURCE/PATH; else all topics.")
    ] = "",
    make: Annotated[bool, typer.Option("--make", help="Make the topics anew first.")] = False,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="FILE", help="Make them anew with these rules by hand, which are kept."),
    ] = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Show which articles are about the same thing, over sources and languages.

    A topic has several articles, parts of works or subjects of statements. Of one article, also what was nearly joined
    with it. --rules names a file of TOML: [[join]] and [[part]], each with articles = [["SOURCE", "PATH"], …]; it is
    kept when topics are made anew without it.
    """
    from galactica import library

    path = one_chosen(edition, shelf)
    made = None
    if make or rules is not None:
        with reporting(quiet) as report:
            made = library.join_topics(path, rules, report)
    found = library.topics_found(path, article, most=0 if as_json or article else SHOWN)
    if as_json:
        from galactica.wire.topics import topics_document

        write_json(topics_document(found, made))
        return
    for source, place in (made.unknown if made is not None else ())[:UNKNOWN_SHOWN]:
        tell(one_line(f"A rule names {source}/{place}, which the edition has not."))
    for line in _all(found) if found.asked < 0 else _one(found):
        write(line)


@verb
def why_verb(
    edition: _Edition,
    one: Annotated[str, typer.Argument(metavar="A", help="A title, an id, an address, or SOURCE/PATH.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Say why two articles are, or are not, one topic: what was compared, how far it agrees, and what that is worth.

    Bits add up: each doubles how likely it is that both are about one thing; 6.63 make 99 of 100.
    """
    from galactica import library

    found = library.why_topic(one_chosen(edition, shelf), one, other)
    if as_json:
        from galactica.wire.topics import why_document

        write_json(why_document(found))
        return
    heads = {found.one.row: found.one, found.other.row: found.other}
    write(one_line(f"{_called(found.one)} and {_called(found.other)}"))
    if found.found.same:
        through = ", which other articles of the topic lead to" if found.found.through else ""
        hand = " A rule joins them." if found.found.pair.verdict == "by hand" else ""
        write(f"are one topic{through}.{hand}")
    else:
        write(one_line(f"are not one topic: {found.reason or 'nothing joins them'}."))
    for line in _said(found.found.pair, heads):
        write(line)


def _all(found: TopicsFound) -> Iterator[str]:
    for topic in found.topics:
        yield one_line(" = ".join(_member(found, topic)))
    more = found.counts.get("topics", 0) - len(found.topics)
    if more > 0:
        yield f"… and {more:,} more; --json lists all."
    members, pairs = found.counts.get("members", 0), found.counts.get("pairs", 0)
    total = found.counts.get("topics", 0)
    yield f"{counted(total, 'topic')} of {counted(members, 'member')}; {counted(pairs, 'pair')} compared."


def _one(found: TopicsFound) -> Iterator[str]:
    if not found.topics:
        yield one_line(f"{_called(found.heads[found.asked])} is alone in its topic.")
    for topic in found.topics:
        yield f"Topic {topic.id}"
        for member in _member(found, topic):
            yield one_line(f"  {member}")
    for pair in found.pairs:
        heads = found.heads
        yield ""
        yield one_line(f"{_called(heads[pair.low])} and {_called(heads[pair.high])}: {_verdict(pair)}")
        yield from _said(pair, heads)


def _verdict(pair: TopicPair) -> str:
    words = {"joined": "joined", "near": "not joined", "by hand": "joined by a rule", "parted": "parted by a rule"}
    return words[pair.verdict] + (f" ({pair.why})" if pair.why else "")


def _said(pair: TopicPair, heads: dict[int, Head]) -> Iterator[str]:
    for each in pair.said:
        yield one_line(f"  {each.bits / 1000:+7.2f} bits  {each.field}: {each.level}")
    yield f"  {pair.bits / 1000:+7.2f} bits  together"


def _member(found: TopicsFound, topic: JoinedTopic) -> Iterator[str]:
    for each in topic.members:
        yield _called(found.heads[each.row]) if each.row >= 0 else each.subject


def _called(head: Head) -> str:
    return f"{head.title} [{head.language}, {head.source}]"
