"""The page of a language model: of what and on what terms it learned, how that went, what it writes, where that stands.

A page is made of what the model's training.json says (`wire.training`); nothing of the model is run. The curve is an
SVG in the page, so that it follows the page's look; the PNG is for taking along.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from galactica.model.said import said
from galactica.web import words
from galactica.web.desk import Desk, span_address
from galactica.web.exchange import START, NotFoundError, Reply, WebRequest
from galactica.web.tracing import TextRun, text_runs
from galactica.wire.addresses import page_of_article
from galactica.wire.training import ModelSample, ModelTraining, SamplePlace

WIDE, HIGH = 720, 300
"""Of the curve, in units of its own."""

MARGIN = (44, 12, 12, 30)
"""Left, right, top, bottom."""

MOST_SOURCES = 100

ASKS = (
    "asks_attribution",
    "asks_share_alike",
    "asks_no_commerce",
    "asks_no_changes",
    "asks_free",
    "asks_notice",
    "asks_copyleft",
    "asks_unknown",
    "asks_other",
)
"""Keys of what licences ask: a sentence that is one of these in English is said in the person's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownModel:
    """A model that this room shows.

    Attributes:
        name: in its address.
        training: what is told of it.
        picture: its curve as a PNG; empty where there is none.
    """

    name: str
    training: ModelTraining
    picture: bytes = b""

    @property
    def address(self) -> str:
        """Of its page."""
        return f"/model/{page_step(self.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveTick:
    """A line of the grid: where it is, and what is said there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCurve:
    """The curve as the page draws it: points as SVG has them, ticks of both axes."""

    learned: str
    held: str
    across: tuple[CurveTick, ...]
    up: tuple[CurveTick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSource:
    """A place where a stretch of a sample stands; `address` is "" where the edition is not open here."""

    number: int
    words: str
    place: SamplePlace
    address: str
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSample:
    """A sample as the page shows it."""

    prompt: str
    runs: tuple[TextRun, ...]
    sources: tuple[SampleSource, ...]
    traced: bool
    share: int


class ModelPages:
    """`/model/NAME` and `/model/NAME/loss.png`.

    Args:
        models: those that are shown.
    """

    def __init__(self, models: Sequence[ShownModel]) -> None:
        self._models: Mapping[str, ShownModel] = {each.name: each for each in models}

    def __call__(self, desk: Desk, request: WebRequest) -> Reply:
        """The page, or the picture.

        Raises:
            NotFoundError: this room shows no such model.
        """
        model = self._models.get(request.step(1))
        if model is None or len(request.steps) > 3:
            raise NotFoundError(said("no-such-model", "This reading room shows no such model."), START)
        if len(request.steps) == 3:
            if request.step(2) != "loss.png" or not model.picture:
                raise NotFoundError(said("no-such-page", "There is no such page."), START)
            return Reply(body=model.picture, type=b"image/png")
        return desk.kept(("model", model.name, request.language, request.look), lambda: _page(desk, request, model))


def page_step(name: str) -> str:
    """A name as a step of an address."""
    return quote(name, safe="")


def _page(desk: Desk, request: WebRequest, model: ShownModel) -> Reply:
    told, w = model.training, words.CATALOGUES[request.language]
    bars = []
    if told.held_back is not None:
        found = [(model.name, told.held_back.bits), *((each.name, each.bits) for each in told.held_back.beside)]
        most = max(bits for _, bits in found) or 1.0
        bars = [(name, bits, round(100 * bits / most, 1), number == 0) for number, (name, bits) in enumerate(found)]
    return desk.renderer.page(
        "model",
        request,
        model=model,
        told=told,
        millions=w.figures(told.parameters / 1e6),
        curve=shown_curve(told, w),
        bars=bars,
        samples=[shown_sample(desk, each) for each in told.samples],
        opened=frozenset(desk.infos),
        asks=lambda sentence: licence_asks(request.language, sentence),
        sources=told.sources[:MOST_SOURCES],
        more=max(0, len(told.sources) - MOST_SOURCES),
    )


def licence_asks(language: str, sentence: str) -> str:
    """What a licence asks, in a language where it is known there, else as it is."""
    english = words.CATALOGUES["en"]
    key = next((key for key in ASKS if english(key) == sentence), None)
    return sentence if key is None else words.CATALOGUES[language](key)


def shown_curve(told: ModelTraining, w: words.Words) -> ShownCurve | None:
    """The curve of a training; None where it has no points."""
    points = [(float(each.tokens), each.loss / math.log(2)) for each in told.curve]
    held = [(float(each.tokens), each.held) for each in told.curve if each.held is not None]
    if not points:
        return None
    end = max(1.0, *(at for at, _ in points))
    high = max(1.0, *(value for _, value in [*points, *held]))
    left, right, top, bottom = MARGIN

    def across(value: float) -> float:
        return round(left + (WIDE - left - right) * value / end, 1)

    def up(value: float) -> float:
        return round(HIGH - bottom - (HIGH - top - bottom) * value / high, 1)

    def drawn(line: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{across(at)},{up(value)}" for at, value in line)

    return ShownCurve(
        learned=drawn(points),
        held=drawn(held),
        across=tuple(CurveTick(at=across(each), text=_short(each, w)) for each in _ticks(end, 6)),
        up=tuple(CurveTick(at=up(each), text=w.figures(each)) for each in _ticks(high, 5)),
    )


def shown_sample(desk: Desk, sample: ModelSample) -> ShownSample:
    """A sample with its stretches, the longest first, and where each stands."""
    good = [span for span in sample.spans or () if span.start < span.end <= len(sample.text)]
    spans = sorted(good, key=lambda span: (-span.bytes, span.start))
    sources = [
        SampleSource(
            number=number,
            words=sample.text[span.start : span.end],
            place=place,
            address=_address(desk, place),
            more=max(0, span.count - 1),
        )
        for number, span in enumerate(spans, 1)
        for place in span.places[:1]
    ]
    covered = {at for span in spans for at in range(span.start, span.end)}
    return ShownSample(
        prompt=sample.prompt,
        runs=tuple(text_runs(sample.text, spans)),
        sources=tuple(sources),
        traced=sample.spans is not None,
        share=round(100 * len(covered) / max(1, len(sample.text))),
    )


def _address(desk: Desk, place: SamplePlace) -> str:
    if place.edition not in desk.infos:
        return ""
    start, end = place.passage
    if start < end:
        return span_address(place.edition, place.source, place.path, (start, end), (start, end))
    return page_of_article(place.edition, place.source, place.path)


def _ticks(end: float, parts: int) -> list[float]:
    """0 and round values up to an end, about so many."""
    power = 10.0 ** math.floor(math.log10(end / parts))
    step = next(part * power for part in (1, 2, 5, 10) if part * power >= end / parts * (1 - 1e-9))
    return [number * step for number in range(int(end / step + 1e-9) + 1)]


def _short(number: float, w: words.Words) -> str:
    for power, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= power:
            return w.figures(number / power) + sign
    return w.figures(number)


def shown_models(told: Sequence[tuple[Path, ModelTraining, bytes]]) -> tuple[ShownModel, ...]:
    """Models to show, each under a name of its own: that of its folder, with a number where another has it.

    Args:
        told: (folder, what is told of it, its curve as a PNG) of each.
    """
    found: dict[str, ShownModel] = {}
    for path, training, picture in told:
        name = base = path.absolute().name or "model"
        number = 1
        while name in found:
            number += 1
            name = f"{base}-{number}"
        found[name] = ShownModel(name=name, training=training, picture=picture)
    return tuple(found.values())
