"""The model card of a tagger: what was learned, from what, without what, how sure it is, and how to do it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from galactica.train.card import Card, as_markdown, shell_word
from galactica.train.tagger.gathering import ASIDE
from galactica.train.tagger.learning import TaggerPlan
from galactica.train.tagger.settling import LEAST_JUDGED, LEAST_SHARE, NEVER, WANTED, SettledHead

TEXT = """\
# {name}

Tells of every date, amount and name in a paragraph whether it is a value of one of {count} properties of what its
article is about.

| | |
| --- | --- |
| kind | one hidden layer of {hidden} over the lower layers of the network that reads questions; 8 bits a weight |
| languages | English and Chinese were learned and judged; others it does not read |
| file | `{file}`, {bytes:,} bytes, safetensors |
| SHA-256 | `{digest}` |
| network | digest of the lower half `{network}`: with another one the file is refused |
| made with | {program} |
| licence | see below |

## What it is for

To find claims in sentences where no rule does (`galactica join --tagger`). What it proposes is a stretch of the
sentence, read by the same code as what rules find; its claims say `tagger` as their origin, and how sure it is.

## How it was made

```
{command}
```

All settings: `{plan}`. The network stays as it is: what its lower layers make of a candidate, of its neighbours and of
the title is kept once, and the head learned from that in minutes.

## What it was trained on

Distant supervision: articles of these editions, where rules read a value, and where a value that rules, infoboxes or
statements give stands in other words.

{editions}

Facts besides are from {tables}. Questions that ask for one of the properties, with their answers in their passages, are
from {asked}. No is learned from values of a property that a thing has another, known value of, from what rules read as
something else or of somebody else, and a little from everything of which nothing is known. What stands both in a table
and in the text counts where a first round believed it.

Candidates that rules or people say to be a value, by property: {counted}.

## What was held out

Articles called as one of {held:,} titles of what is measured were left out. One article in {aside} was put aside:
nothing was learned from it, and proposals of such articles were judged.

## How sure it is

{settled} A property's threshold, in English and Chinese apart, is the logit from which at least {least} proposals, and
{share:.0%} of all of that property, were judged and {wanted:.0%} of them right; of others nothing is claimed. Claimed
are {claims}. `confidence` of a claim is how often claims so far above their threshold were right.

{more}

## What it cannot do

* It speaks only of what the article is about, and of properties of its table.
* It reads a paragraph by itself: what a pronoun means is a guess from the title and how the article begins.
* It has the bias of its sources: of period, of region, of who is written about.

## Licence

The weights are statistics of how texts say what tables say; none of the texts named above is in the file or can be got
back from it. As far as the project can, it offers the file under the Apache License 2.0; the texts are under the
licences of their makers (Wikipedia: CC BY-SA), and the network under those that its own card names.

## How to make it again

Build the editions from their sources (the roots above say whether they are the same), and run the command above in a
folder with the files it names. The weights then come out the same but for rounding, which differs from machine to
machine.
"""

SETTLED = (
    "{judged:,} proposals were judged, each against its sentence: {right:,} right. Of the {claimed:,} at or above "
    "their thresholds {claimed_right:,} were right; the thresholds were chosen on these very proposals."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerCard:
    """What the card of a tagger tells; see `making.train_tagger` for its parts.

    Attributes:
        card: what every card tells.
        network: digest of the network's lower half.
        tables, asked: names of the editions of tables, and of the files of questions.
        held: titles that were left out.
        counted: property → candidates that are said to be its values.
        settled: when it is believed.
    """

    card: Card[TaggerPlan]
    network: str
    tables: tuple[str, ...]
    asked: tuple[str, ...]
    held: int
    counted: Mapping[str, int]
    settled: SettledHead


def tagger_card(told: TaggerCard) -> str:
    """The card as Markdown."""
    settled = told.settled
    counted = sorted(told.counted.items(), key=lambda each: (-each[1], each[0]))
    options = [f"--tables {shell_word(name)}" for name in told.tables]
    options += [f"--questions {shell_word(name)}" for name in told.asked]
    options += ["--hold-out TITLES --judged FILE"]
    return told.card.text(
        TEXT,
        command=told.card.command("tagger", *options),
        count=len(told.counted),
        hidden=told.card.plan.hidden,
        network=told.network,
        tables=", ".join(map(as_markdown, told.tables)) or "nowhere",
        asked=", ".join(map(as_markdown, told.asked)) or "nowhere",
        counted=", ".join(f"{as_markdown(name)} {count:,}" for name, count in counted),
        held=told.held,
        aside=ASIDE,
        wanted=WANTED,
        least=LEAST_JUDGED,
        share=LEAST_SHARE,
        claims=_claimed(told),
        settled=SETTLED.format(
            judged=settled.judged,
            right=settled.right,
            claimed=settled.claimed,
            claimed_right=settled.claimed_right,
        )
        if settled.judged
        else "Nobody judged it, so that it claims nothing.",
    )


def _claimed(told: TaggerCard) -> str:
    """Which properties are claimed at all, by script."""
    parts = []
    for language, row in zip(("English", "Chinese"), told.settled.thresholds, strict=True):
        names = [name for name, cut in zip(told.counted, row, strict=True) if cut < NEVER]
        parts.append(f"in {language} {', '.join(map(as_markdown, names)) or 'none'}")
    return "; ".join(parts)
