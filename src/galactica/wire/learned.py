"""What reads and finds as JSON documents: encoders and the language model in use, and what training made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Share

if TYPE_CHECKING:
    from galactica.library import EncoderInfo, Model, TaughtRanker, Trained, TrainedReaderFile, TrainedTaggerFile, Tried

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the file.")]
Seconds = Annotated[float, Meta(ge=0)]


class EncoderDocument(JsonObject, frozen=True, kw_only=True):
    """An encoder at a glance."""

    name: Annotated[str, Meta(description="static, minilm, or the absolute path of a trained file.")]
    about: str
    installed: bool
    in_use: bool
    dimensions: Annotated[Count, Meta(description="Of its vectors; 0 where it is not installed.")]
    digest: Annotated[
        str,
        Meta(
            pattern="^([0-9a-f]{64})?$",
            description="Says which one it is exactly; empty where it is not installed.",
        ),
    ]
    problem: Annotated[str, Meta(description="Why it cannot be used, and what to do; empty where it can.")]


class EncodersDocument(JsonObject, frozen=True, kw_only=True):
    """The encoders that can make an index of meaning."""

    in_use: Annotated[str, Meta(description="Name of the encoder that new indexes are made with.")]
    encoders: list[EncoderDocument]


class ChosenModel(JsonObject, frozen=True, kw_only=True):
    """A language model."""

    url: Annotated[str, Meta(pattern="^https?://")]
    name: Annotated[str, Meta(description="What its server calls it.")]
    local: Annotated[bool, Meta(description="Whether it runs on this machine, by its address.")]
    key_from: Annotated[
        str,
        Meta(
            description="Name of the environment variable that holds its key; empty where none is sent. The key itself "
            "is never shown."
        ),
    ]
    seconds: Annotated[float, Meta(description="For one answer, at most.")]
    tokens: Annotated[int, Meta(description="That it may write, at most.")]


class TriedModel(JsonObject, frozen=True, kw_only=True):
    """What came of calling a model once."""

    problem: Annotated[str, Meta(description="Why it cannot be used; empty where it can.")]
    sentences: Annotated[list[str], Meta(description="What it wrote that could be taken.")]
    refused: Annotated[Count, Meta(description="Sentences that could not be taken.")]
    seconds: Seconds


class ModelDocument(JsonObject, frozen=True, kw_only=True):
    """The language model that the study group may call."""

    model: Annotated[ChosenModel | None, Meta(description="null where none is chosen: nothing is called then.")]
    tried: Annotated[TriedModel | None, Meta(description="What came of calling it once; null where it was not called.")]


class LookDocument(JsonObject, frozen=True, kw_only=True):
    """What the validation questions said after so many steps."""

    steps: Annotated[int, Meta(ge=1)]
    one: Share = field(name="recall@1")
    five: Share = field(name="recall@5")
    twenty: Share = field(name="recall@20")


class TrainedFileDocument(JsonObject, frozen=True, kw_only=True):
    """A file that was trained."""

    path: str
    card: Annotated[str, Meta(description="Its model card, in Markdown.")]
    bytes: Count
    digest: Digest


class TrainedEncoder(TrainedFileDocument, frozen=True, kw_only=True):
    """An encoder that was trained."""

    words: Count
    dimensions: Annotated[int, Meta(ge=64)]
    passages: Annotated[Count, Meta(description="That it learned from.")]
    questions: Annotated[Count, Meta(description="Real ones that it learned from.")]
    held_out: Annotated[list[str], Meta(description="Titles of the articles that were left out.")]
    looks: Annotated[list[LookDocument], Meta(description="What the validation questions said, after so many steps.")]
    seconds: Annotated[Seconds, Meta(description="That this run took.")]


class TrainedReaderDocument(TrainedFileDocument, frozen=True, kw_only=True):
    """A reader that was trained."""

    questions: Annotated[Count, Meta(description="Real ones that it learned from.")]
    made: Annotated[Count, Meta(description="Lessons that were made from editions.")]
    held_out: Annotated[list[str], Meta(description="Titles of the articles that were left out.")]
    aside: Annotated[list[str], Meta(description="Titles of the articles that only set the threshold.")]
    f1: Annotated[Share, Meta(description="Of the questions set aside, all answered.")]
    exact: Annotated[Share, Meta(description="The same, exact match.")]
    threshold: Annotated[float, Meta(description="The margin from which it answers.")]
    kept_f1: Annotated[Share, Meta(description="F1 with the threshold.")]
    abstained: Annotated[Share, Meta(description="Share of those made unanswerable that get no answer.")]
    seconds: Annotated[Seconds, Meta(description="That this run took.")]


class TrainedTaggerDocument(TrainedFileDocument, frozen=True, kw_only=True):
    """A tagger of claims that was trained."""

    candidates: Annotated[Count, Meta(description="Dates, amounts and names that it learned from.")]
    positives: Annotated[Count, Meta(description="Of these, values of a property.")]
    judged: Annotated[Count, Meta(description="Proposals that were judged, by which it is believed.")]
    claimed: Annotated[Count, Meta(description="Of these, those that it claims.")]
    right: Annotated[Count, Meta(description="Of these, the right ones.")]
    seconds: Annotated[Seconds, Meta(description="That this run took.")]


class FirstRight(JsonObject, frozen=True, kw_only=True):
    """Share of other questions whose right passage comes first."""

    words: Share
    fusion: Share
    ranker: Share


class RankerDocument(JsonObject, frozen=True, kw_only=True):
    """Weights that were learned."""

    path: str
    questions: Annotated[Count, Meta(description="That it learned from.")]
    first: FirstRight


def encoders_document(found: Sequence[EncoderInfo]) -> EncodersDocument:
    """The encoders that there are, one of them in use."""
    return EncodersDocument(
        in_use=next(each.name for each in found if each.in_use),
        encoders=[copied(EncoderDocument, each) for each in found],
    )


def model_document(model: Model | None, tried: Tried | None = None) -> ModelDocument:
    """A model, and what came of trying it."""
    return ModelDocument(
        model=None if model is None else copied(ChosenModel, model),
        tried=None if tried is None else copied(TriedModel, tried, seconds=round(tried.seconds, 3)),
    )


def encoder_document(trained: Trained) -> TrainedEncoder:
    """An encoder that was trained."""
    looks = [LookDocument(steps=steps, one=one, five=five, twenty=twenty) for steps, one, five, twenty in trained.looks]
    return copied(TrainedEncoder, trained, **_file(trained), looks=looks, seconds=round(trained.seconds, 1))


def reader_document(trained: TrainedReaderFile) -> TrainedReaderDocument:
    """A reader that was trained."""
    measured = ("f1", "exact", "threshold", "kept_f1", "abstained")
    return copied(
        TrainedReaderDocument,
        trained,
        **_file(trained),
        questions=trained.real,
        **{name: round(getattr(trained.settled, name), 4) for name in measured},
        seconds=round(trained.seconds, 1),
    )


def tagger_document(trained: TrainedTaggerFile) -> TrainedTaggerDocument:
    """A tagger of claims that was trained."""
    return copied(TrainedTaggerDocument, trained, **_file(trained), seconds=round(trained.seconds, 1))


def ranker_document(taught: TaughtRanker) -> RankerDocument:
    """Weights that were learned."""
    return copied(RankerDocument, taught, path=str(taught.path), first=copied(FirstRight, taught))


def _file(trained: Trained | TrainedReaderFile | TrainedTaggerFile) -> dict[str, str]:
    return {"path": str(trained.path), "card": str(trained.card)}
