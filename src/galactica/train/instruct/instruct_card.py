"""The card of a data set of questions and cited answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from galactica.train.card import as_markdown
from galactica.train.material import PROGRAM
from galactica.train.views.licence_duties import duties

if TYPE_CHECKING:
    from galactica.train.instruct.making import InstructSet

_TEXT = """\
# {name}

{pairs:,} questions with cited answers, made of `{material}` by {program}.

Each line is a JSON object: `messages` (a user's question; an answer that is quoted word for word, its source named
under it), `kind`, `language`, and `source`: edition, article, code points of its text, address, date, licence.

Nothing is written by a model: questions are made by rules of what articles say of themselves (the first sentence), of
their headings, and of what they claim. The same material gives the same lines.

## What there is

{counts}

## Licences, and what they ask

{licences}

## Left out

{left_out}
"""


def instruct_card(made: InstructSet, material: str) -> str:
    """The card as Markdown.

    Args:
        material: what it was made of, a root or the hash of a view.
    """
    counts = [*_told("kind", made.kinds), *_told("language", made.languages)]
    asks = [
        f"* {as_markdown(name or 'not stated')} ({count:,}): {' '.join(duties(name))}" for name, count in made.licences
    ]
    reasons = {
        "again": "asked or quoted before",
        "evaluation": "shared with an evaluation set",
        "most": "beyond the bound",
    }
    left = [f"* {reasons[reason]}: {count:,}" for reason, count in made.left_out]
    left += [
        f"* evaluation set {as_markdown(each.name)} (SHA-256 `{each.sha256}`): {each.items:,} texts looked for"
        for each in made.excluded
    ]
    left += [f"* claims of {as_markdown(title)} were not made (`galactica join`)" for title in made.without_claims]
    return _TEXT.format(
        name=as_markdown(made.path.stem),
        pairs=made.pairs,
        material=material,
        program=PROGRAM,
        counts="\n".join(counts),
        licences="\n".join(asks),
        left_out="\n".join(left) or "Nothing.",
    )


def _told(kind: str, counts: Sequence[tuple[str, int]]) -> list[str]:
    return [f"* {kind} {as_markdown(name)}: {count:,}" for name, count in counts]
