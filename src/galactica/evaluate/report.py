"""A run of questions as a value, the means of its measures, and the difference between two runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.errors import UsageError
from galactica.evaluate import resampling
from galactica.evaluate.resampling import Values

EVERY_LANGUAGE = ""
"""Stands for all languages together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFile:
    """A file of questions as a run remembers it: its name, form, language, and what was left out of it and why."""

    name: str
    format: str
    language: str
    questions: int
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSettings:
    """What was asked, of what, and how.

    Attributes:
        by: "words", "meaning" or "hybrid".
        limit: passages asked for.
        language: of the passages; "" for any.
        editions: their roots.
        files: the questions.
        qrels, answers_from: names of further files; "" where none.
        sample: how many questions were drawn; 0 for all.
        seed: of the draw and of the resampling.
    """

    by: str
    limit: int
    language: str = ""
    editions: tuple[str, ...] = ()
    files: tuple[AskedFile, ...] = ()
    qrels: str = ""
    answers_from: str = ""
    sample: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one question.

    Attributes:
        id, language: name the question in every run.
        text: the question.
        rule: by which it was judged.
        rank: place of the first right hit, from 1; 0 where there was none.
        milliseconds: that the answer took.
        values: the measures of the run, in their order.
    """

    id: str
    language: str
    text: str
    rule: str
    rank: int
    milliseconds: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All outcomes under the same settings; `asked` is how many there would be had nobody stopped it."""

    settings: EvaluationSettings
    measures: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A mean and its 95 % confidence interval."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The means over the questions in one language; `language` is "" for all questions."""

    language: str
    questions: int
    measures: tuple[Measured, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A measure in two runs, over the questions that both asked.

    Attributes:
        difference: now less earlier; `low` and `high` are its 95 % confidence interval.
        p: how likely so large a difference is by chance.
        ahead: "now" or "earlier" where the interval leaves out 0, else "neither".
    """

    language: str
    name: str
    earlier: float
    now: float
    difference: float
    low: float
    high: float
    p: float
    ahead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A run beside an earlier one.

    Attributes:
        questions: asked in both; `only_now` and `only_earlier` count the others.
        differs: settings that are not the same in both, in words.
    """

    questions: int
    only_now: int
    only_earlier: int
    differs: tuple[str, ...]
    measures: tuple[Compared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A run with its means.

    Attributes:
        groups: all questions, then each language where there are several.
        rules: (rule, how many questions were judged by it).
        p50, p99: milliseconds an answer took, half and 99 % of them at most.
    """

    run: Run
    groups: tuple[Group, ...]
    rules: tuple[tuple[str, int], ...]
    p50: float
    p99: float
    comparison: Comparison | None = None


def evaluated(run: Run, earlier: Run | None = None) -> Evaluation:
    """The means of a run, and how it differs from an earlier one.

    Raises:
        UsageError: nothing was asked, or the two runs have nothing in common.
    """
    if not run.outcomes:
        raise UsageError("No question was asked, so there is nothing to measure.", "Name a file with questions.")
    rules = [outcome.rule for outcome in run.outcomes]
    p50, p99 = np.quantile([outcome.milliseconds for outcome in run.outcomes], (0.5, 0.99))
    return Evaluation(
        run=run,
        groups=tuple(_group(language, outcomes, run) for language, outcomes in _by_language(run.outcomes)),
        rules=tuple((rule, rules.count(rule)) for rule in sorted(set(rules))),
        p50=float(p50),
        p99=float(p99),
        comparison=None if earlier is None else compared(run, earlier),
    )


def compared(now: Run, earlier: Run) -> Comparison:
    """The differences between two runs, question by question.

    Raises:
        UsageError: they have no question or no measure in common.
    """
    check_comparable(now.measures, ((outcome.id, outcome.language) for outcome in now.outcomes), earlier)
    known = {(outcome.id, outcome.language): outcome for outcome in earlier.outcomes}
    shared = [outcome for outcome in now.outcomes if (outcome.id, outcome.language) in known]
    names = [name for name in now.measures if name in earlier.measures]
    columns = [(now.measures.index(name), earlier.measures.index(name)) for name in names]
    measures: list[Compared] = []
    for language, outcomes in _by_language(shared):
        before = [known[outcome.id, outcome.language] for outcome in outcomes]
        new = np.array([[outcome.values[column] for column, _ in columns] for outcome in outcomes])
        old = np.array([[outcome.values[column] for _, column in columns] for outcome in before])
        measures += _differences(language, names, new, old, _clusters(outcomes), now.settings.seed)
    return Comparison(
        questions=len(shared),
        only_now=len(now.outcomes) - len(shared),
        only_earlier=len(earlier.outcomes) - len(shared),
        differs=_differing(now, earlier),
        measures=tuple(measures),
    )


def check_comparable(measures: Sequence[str], questions: Iterable[tuple[str, str]], earlier: Run) -> None:
    """See that something can be compared; `questions` are (id, language).

    Raises:
        UsageError: no question or no measure is in the earlier run too.
    """
    known = {(outcome.id, outcome.language) for outcome in earlier.outcomes}
    for what, shared in (
        ("question", not known.isdisjoint(questions)),
        ("measure", set(measures) & set(earlier.measures)),
    ):
        if not shared:
            raise UsageError(
                f"The two runs have no {what} in common.",
                "Ask the same questions, with the same --question-language, --limit and kind of judgements.",
            )


def _group(language: str, outcomes: Sequence[Outcome], run: Run) -> Group:
    values = np.array([outcome.values for outcome in outcomes], dtype=np.float64)
    low, high = resampling.interval(resampling.means(values, _clusters(outcomes), run.settings.seed))
    rows = zip(run.measures, values.mean(axis=0), low, high, strict=True)
    return Group(
        language=language,
        questions=len(outcomes),
        measures=tuple(Measured(name=n, value=float(v), low=float(a), high=float(b)) for n, v, a, b in rows),
    )


def _differences(
    language: str, names: Sequence[str], new: Values, old: Values, clusters: NDArray[np.int64], seed: int
) -> list[Compared]:
    differences = new - old
    mean = differences.mean(axis=0)
    drawn = resampling.means(differences, clusters, seed)
    low, high = resampling.interval(drawn)
    chance = resampling.p_values(mean, drawn)
    return [
        Compared(
            language=language,
            name=name,
            earlier=float(old[:, column].mean()),
            now=float(new[:, column].mean()),
            difference=float(mean[column]),
            low=float(low[column]),
            high=float(high[column]),
            p=float(chance[column]),
            ahead="now" if low[column] > 0 else "earlier" if high[column] < 0 else "neither",
        )
        for column, name in enumerate(names)
    ]


def _by_language(outcomes: Iterable[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """All, then each language where there are several."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.language, []).append(outcome)
    everything = [outcome for group in found.values() for outcome in group]
    return [(EVERY_LANGUAGE, everything), *(sorted(found.items()) if len(found) > 1 else ())]


def _clusters(outcomes: Sequence[Outcome]) -> NDArray[np.int64]:
    """Questions with the same id, which are translations of each other, are one cluster."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(outcome.id, len(numbers)) for outcome in outcomes], dtype=np.int64)


def _differing(now: Run, earlier: Run) -> tuple[str, ...]:
    found = [
        f"{name}: {_said(before)} then, {_said(after)} now"
        for name in ("by", "limit", "language", "editions", "qrels", "answers_from", "sample")
        if (after := getattr(now.settings, name)) != (before := getattr(earlier.settings, name))
    ]
    before, after = ({o.rule for o in run.outcomes} for run in (earlier, now))
    if before != after:
        found.append(f"rule: {_said(sorted(before))} then, {_said(sorted(after))} now")
    return tuple(found)


def _said(value: object) -> str:
    if isinstance(value, tuple | list):
        return " and ".join(str(each)[:16] for each in value) or "none"
    return str(value) or "any"
