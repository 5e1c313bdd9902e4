"""How likely is an answer right that stands in an article of several passages? What `confidence` makes of its signals,
weighed with what only such articles tell.

The questions that `confidence` is fitted to are mostly asked of paragraphs that are articles of their own. Beside whole
articles much else is marked, so that an answer is less far ahead of the next one, and what speaks for it is

* how many passages give it or what may be the same, "4810 m" and "4,810 metres" (`disputes.may_be_the_same`),
* that it stands in an article that the question names,
* that it stands in the article's beginning, which says what is most asked for,
* that a sentence says it in the very words of the question (`worded`), or speaks of all that it says (`owned`).

`data/standing.json` holds what each counts, by the name of the reader; `python -m benchmarks.ask_standing` makes it, of
questions that people would ask of an encyclopedia. Of yes or no, of talk, of a question in another language than the
article, and of any language but English and Chinese nothing was learned: there the probability stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from galactica.ask.alike import Same
from galactica.ask.asked import Asked
from galactica.ask.disputes import may_be_the_same
from galactica.ask.kinds import Kind
from galactica.ask.owned import speaks_of_all
from galactica.ask.proving import Proved
from galactica.ask.shipped_weights import weights_by_reader
from galactica.codes.turns import is_talk
from galactica.languages import primary

NAMES = (
    "logit",  # of `confidence`, by all its signals
    "agreeing",  # passages beyond the first that give it or what may be the same, at most `MOST_AGREEING`
    "named",  # 1 where the question names the article
    "beginning",  # 1 where it stands in the article's first passage
    "worded",  # 1 where a sentence says it in the words of the question
    "owned",  # 1 where a sentence of the article on the very thing speaks of all that is asked
    "bias",
)

MOST_AGREEING = 3

LEARNED = frozenset(("en", "zh"))
"""The languages of the questions and articles that the weights were learned from."""

FILE = "standing.json"


def standing(asked: Asked, proved: Proved, groups: Sequence[Same], logit: float) -> float | None:
    """The logit that an answer is right, from that of its other signals; None where nothing is known of answers that
    stand so.

    Args:
        groups: all answers that were marked in its edition, it among them.
        logit: by the signals of `confidence`.
    """
    own = standing_weights().get(asked.reader.name)
    if own is None or not _is_known(asked, proved):
        return None
    return sum(own[name] * value for name, value in standing_signals(asked, proved, groups, logit).items())


def standing_signals(asked: Asked, proved: Proved, groups: Sequence[Same], logit: float) -> dict[str, float]:
    """What speaks for an answer by where it stands: a value of each of `NAMES`."""
    first, own = proved.citations[0], proved.group
    agreeing = [each for each in groups if each is own or may_be_the_same(own.text, each.text, asked.question.kind)]
    marked = [each for group in agreeing for each in group.marked if each.value >= 0]
    passages = {(each.hit.edition, each.hit.id, each.hit.passage) for each in marked}
    return {
        "logit": logit,
        "agreeing": float(min(MOST_AGREEING, max(0, len(passages) - 1))),
        "named": float(own.marked[0].named),
        "beginning": float(own.marked[0].hit.passage == 0),
        "worded": float(any(each.worded for each in own.marked)),
        "owned": float(speaks_of_all(asked.question, first)),
        "bias": 1.0,
    }


def _is_known(asked: Asked, proved: Proved) -> bool:
    """Whether answers like this one are among those that the weights were learned from."""
    several = len(proved.page.starts) > 1
    language = primary(asked.question.language)
    learned = language in LEARNED and primary(proved.page.article.language) == language
    return several and learned and asked.question.kind is not Kind.YES_NO and not is_talk(proved.page.text)


@cache
def standing_weights() -> Mapping[str, Mapping[str, float]]:
    """Name of a reader → what each of `NAMES` counts with it.

    Raises:
        MissingError: they are not there, or damaged.
    """
    return weights_by_reader(FILE, NAMES)
