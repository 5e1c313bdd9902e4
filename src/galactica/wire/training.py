"""What a language model's training.json says, as a type: written by `train lm`, read again by whoever shows the model.

The file may come from anybody: every list and text has a bound, every number a range, and what is not of this form is
refused. Members that are not named here are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from galactica.errors import InputError

Text = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=1_000)]
Number = Annotated[float, Meta(ge=0, le=1e15)]
Whole = Annotated[int, Meta(ge=0, le=2**53)]
Hexed = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class CurveEntry(msgspec.Struct, frozen=True, kw_only=True):
    """How training went over some steps: loss in nats a token, held-back text in bits a byte."""

    steps: Whole
    tokens: Whole
    seconds: Number
    loss: Number
    held: Number | None


class SamplePlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stretch of a sample stands."""

    title: Name
    edition: Hexed
    source: Name
    path: Text
    date: Name
    licence: Name
    address: Text
    passage: Annotated[list[Whole], Meta(min_length=2, max_length=2)]


class SampleSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a sample that stands in the view word for word: [start, end) in code points."""

    start: Whole
    end: Whole
    bytes: Whole
    count: Whole
    places: Annotated[list[SamplePlace], Meta(max_length=64)]


class ModelSample(msgspec.Struct, frozen=True, kw_only=True):
    """What the model wrote behind a prompt; spans are null where it was not traced."""

    prompt: Text
    text: Text
    spans: Annotated[list[SampleSpan], Meta(max_length=1_000)] | None


class CompressedBeside(msgspec.Struct, frozen=True, kw_only=True):
    """What a compressor makes of the held-back text, in bits a byte."""

    name: Name
    bits: Number


class HeldBackMeasured(msgspec.Struct, frozen=True, kw_only=True):
    """What the held-back text costs the model."""

    documents: Whole
    bytes: Whole
    bits: Number
    beside: Annotated[list[CompressedBeside], Meta(max_length=32)]


class EditionNamed(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that it learned from."""

    root: Hexed
    title: Name


class ViewLearned(msgspec.Struct, frozen=True, kw_only=True):
    """The view that it learned from."""

    name: Name
    hash: Hexed
    documents: Whole
    bytes: Whole
    held: Whole
    editions: Annotated[list[EditionNamed], Meta(max_length=1_000)]


class LicenceAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A licence of the text, and what it asks."""

    name: Name
    documents: Whole
    asks: Annotated[list[Text], Meta(max_length=32)]


class SourceNamed(msgspec.Struct, frozen=True, kw_only=True):
    """A source of the text."""

    title: Name
    publisher: Name
    date: Name
    licence: Name
    url: Text
    attribution: Text
    documents: Whole


class ModelTraining(msgspec.Struct, frozen=True, kw_only=True):
    """All that is shown of a model."""

    name: Name
    program: Name
    parameters: Whole
    bytes: Whole
    view: ViewLearned
    licences: Annotated[list[LicenceAsked], Meta(max_length=10_000)]
    sources: Annotated[list[SourceNamed], Meta(max_length=10_000)]
    steps: Whole
    tokens: Whole
    epochs: Number
    seconds: Number
    tokens_per_second: Number
    device: Name
    curve: Annotated[list[CurveEntry], Meta(max_length=2_000)]
    held_back: HeldBackMeasured | None
    samples: Annotated[list[ModelSample], Meta(max_length=64)]
    command: Text


def model_training(told: Mapping[str, Any], name: str) -> ModelTraining:
    """What a training.json says, checked.

    Args:
        told: as JSON gives it.
        name: what the model is called in an error.

    Raises:
        InputError: it is of another form, or empty.
    """
    try:
        return msgspec.convert(dict(told), ModelTraining)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError(
            f"The training.json of {name} does not say how it was trained ({error}).",
            "Name a model that galactica train lm made.",
        ) from None
