"""What the tools gave, in words for whoever reads along: plain text, in which everything quoted is seen to be quoted.

An article may hold anything. Here its words stand in quotation marks or behind "> ", on lines of their own where they
are many, without signs that steer a terminal or turn the direction of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.mcp.articles import OpenedArticle
from galactica.model import Answer, Citation, Hit, Verdict, times_in_ten
from galactica.model.anchors import told
from galactica.wire.addresses import address_of

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_VERDICTS = {
    Verdict.ANSWERED: "The library answers:",
    Verdict.PROBABLY: "The library probably answers:",
    Verdict.NOT_FOUND: "Nothing in the library is likely enough to be the answer.",
    Verdict.DISPUTED: "Sources of the library disagree.",
}


def safe_line(text: str, most: int = 500) -> str:
    """Text on one line, at most so long, without what steers a terminal."""
    line = " ".join(_STEERING.sub(" ", text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def quoted(text: str) -> str:
    """Text of several lines, each behind "> "."""
    lines = _STEERING.sub(" ", text.replace("\t", " | ")).split("\n")
    return "\n".join(f"> {line}" for line in lines)


def cited(citation: Citation) -> str:
    """A quotation and where it is from, in two lines."""
    return f"   “{safe_line(citation.quote, 1500)}”\n   — {origin(citation)}"


def origin(citation: Citation) -> str:
    """Article, work and place there, source, date, licence and address of a quotation."""
    facts = (
        citation.title,
        citation.work,
        told(citation.place),
        citation.source_title or citation.source,
        citation.language,
        citation.date[:10] or "undated",
        citation.licence or "no licence stated",
        f"{address_of(citation.edition, citation.id)} from {citation.start} to {citation.end}",
    )
    return " · ".join(dict.fromkeys(safe_line(fact) for fact in facts if fact))


def answer_words(found: Answer) -> str:
    """An answer with its proofs."""
    lines = [_VERDICTS[found.verdict]]
    if found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY):
        alone = found.positions[0] if len(found.positions) == 1 and found.over is None else None
        lines[0] += f" {safe_line(alone.dated if alone is not None else found.text)}"
        if found.verdict is Verdict.PROBABLY:
            lines.append(
                f"This is probable, not sure: about {times_in_ten(found.confidence)} in 10 such answers are right."
            )
        for number, statement in enumerate(found.statements, 1):
            if not any(safe_line(statement.text) == safe_line(each.quote) for each in statement.citations):
                lines.append(f"{number}. {safe_line(statement.text, 1500)}")
            lines += [cited(each) for each in statement.citations]
    elif found.verdict is Verdict.DISPUTED:
        for number, position in enumerate(found.positions, 1):
            lines.append(f"{number}. {safe_line(position.dated)}")
            lines += [cited(each) for each in position.citations]
    elif found.near:
        lines.append("What came nearest, and is not likely enough to be the answer:")
        lines += [cited(each) for each in found.near]
    claimed = bool(found.positions) and found.verdict is not Verdict.DISPUTED
    besides = "Besides:" if claimed else "Other sources say, less surely:"
    for heading, several in (("At other times:", found.series), (besides, found.others)):
        lines += [heading] if several else []
        for other in several:
            lines += [f"- {safe_line(other.dated)}", *(cited(each) for each in other.citations)]
    return "\n".join([*lines, *(f"Note: {safe_line(note)}" for note in found.notes)])


def hits(found: tuple[Hit, ...], total: int, offset: int) -> str:
    """Results, numbered."""
    if not found:
        return "Nothing was found."
    lines = [f"{total} articles; these are {offset + 1} to {offset + len(found)}."]
    for number, hit in enumerate(found, offset + 1):
        facts = (
            hit.title,
            hit.work,
            told(hit.place),
            hit.language,
            hit.source,
            hit.date[:10],
            address_of(hit.edition, hit.id),
        )
        lines.append(f"{number}. {' · '.join(safe_line(fact) for fact in facts if fact)}")
        lines.append(f"   “{safe_line(hit.snippet)}”")
    return "\n".join(lines)


def piece(page: OpenedArticle, start: int, end: int, after: int | None) -> str:
    """A piece of an article, quoted."""
    whole = page.cite(start, end)
    lines = [
        origin(whole),
        *_about(page),
        f"What the article says, code points {start} to {end} of {len(page.text)}, quoted:",
    ]
    if end > start:
        lines.append(quoted(whole.quote))
    lines.append(f"It goes on: read again with offset {after}." if after is not None else "Nothing follows.")
    if page.standing is not None:
        for called, head in (("Previous part", page.standing.previous), ("Next part", page.standing.next)):
            if head is not None:
                lines.append(f"{called}: “{safe_line(head.title)}”, {address_of(page.root, head.id)}")
    return "\n".join(lines)


def _about(page: OpenedArticle) -> Iterator[str]:
    """The work that an article is a part of, who made it, and what it is called elsewhere."""
    article, standing = page.article, page.standing
    if standing is not None:
        place = f", part {standing.number} of {standing.parts}" if standing.number else ""
        yield safe_line(" › ".join([f"{standing.work.title} ({standing.work.kind}){place}", *article.headings]))
    facts = (
        ("By", ", ".join(article.creators or (page.work.creators if page.work is not None else ()))),
        ("Published", article.published or (page.work.published if page.work is not None else "")),
        ("Identifiers", ", ".join(article.identifiers)),
    )
    yield from (f"{name}: {safe_line(said)}" for name, said in facts if said)
