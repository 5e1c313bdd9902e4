"""Language models as JSON documents: one that was trained, what it wrote, how good it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Share

if TYPE_CHECKING:
    from galactica.train.lm.evaluating_lm import LmEvaluation
    from galactica.train.lm.generating import Generated
    from galactica.train.lm.training_lm import TrainedModel

Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Bits = Annotated[float, Meta(ge=0, description="A byte of UTF-8.")]


class BesideCompressor(JsonObject, frozen=True, kw_only=True):
    """What a compressor makes of the same text, all documents in one file."""

    name: str
    bits: Bits


class HeldBackText(JsonObject, frozen=True, kw_only=True):
    """What text costs that was not learned from."""

    documents: Count
    bytes: Count
    tokens: Count
    bits: Bits
    nats: Annotated[float, Meta(ge=0, description="A token.")]


class TrainedLanguageModel(JsonObject, frozen=True, kw_only=True):
    """A language model that was trained. All of it stands in its training.json."""

    path: str
    card: Annotated[str, Meta(description="Its card, in Markdown.")]
    parameters: Count
    weights: Annotated[Hash, Meta(description="SHA-256 of model.safetensors.")]
    bytes: Annotated[Count, Meta(description="Of that file.")]
    view: Annotated[Hash, Meta(description="Hash of the view.")]
    steps: Count
    tokens: Annotated[Count, Meta(description="That it learned from, those met twice counted twice.")]
    seconds: Annotated[float, Meta(ge=0, description="That training took, over all runs.")]
    held_back: Annotated[HeldBackText | None, Meta(description="null where nothing was held back.")]
    beside: list[BesideCompressor]
    command: Annotated[str, Meta(description="What makes the same weights again.")]


class GeneratedDocument(JsonObject, frozen=True, kw_only=True):
    """What a model wrote."""

    model: Annotated[str, Meta(description="Name of its folder.")]
    prompt: str
    text: Annotated[str, Meta(description="What it wrote behind the prompt. Nothing vouches for it.")]
    prompt_tokens: Annotated[Count, Meta(description="That it read, the end of the document before it among them.")]
    tokens: Annotated[list[Count], Meta(description="That it wrote.")]
    ended: Annotated[
        str,
        Meta(
            description="Why it stopped: end, it wrote the end of a document; tokens, the bound that was asked for; "
            "context, it sees no more."
        ),
    ]


class GapsAnswered(JsonObject, frozen=True, kw_only=True):
    """Of questions with a gap and four answers, how many were right."""

    kind: Annotated[str, Meta(description="number, name or word; empty for all of them.")]
    questions: Count
    right: Count


class SaidByHeart(JsonObject, frozen=True, kw_only=True):
    """How far it goes on word for word."""

    prompts: Count
    whole: Annotated[Count, Meta(description="Continuations that are the document's to the last token.")]
    tokens: Annotated[float, Meta(ge=0, description="That are the document's before the first that is not, the mean.")]
    longest: Count


class LmEvaluationDocument(JsonObject, frozen=True, kw_only=True):
    """How good a language model is."""

    model: str
    view: str
    same_view: Annotated[bool | None, Meta(description="Whether it was trained on this view; null where unknown.")]
    held_back: HeldBackText
    beside: list[BesideCompressor]
    shared: Annotated[
        Count | None,
        Meta(description="Documents of it that stand in what was learned from, in good part; null: not looked for."),
    ]
    clean: Annotated[HeldBackText | None, Meta(description="The others alone; null: none is left, or not looked for.")]
    cloze: list[GapsAnswered]
    learned: Annotated[SaidByHeart, Meta(description="Begun with documents that it learned from.")]
    unlearned: Annotated[SaidByHeart, Meta(description="Begun with documents that were held back.")]
    verbatim: Annotated[
        Share | None,
        Meta(description="Of what it writes by chance, what stands in the view word for word; null: not traced."),
    ]


def trained_model_document(made: TrainedModel) -> TrainedLanguageModel:
    """A model that was trained."""
    told = made.training
    held: dict[str, Any] | None = told["held_back"]
    return TrainedLanguageModel(
        path=str(made.path),
        card=str(made.card),
        **{name: told[name] for name in ("parameters", "weights", "bytes", "steps", "tokens", "seconds", "command")},
        view=told["view"]["hash"],
        held_back=None if held is None else _held(**{key: held[key] for key in HeldBackText.__struct_fields__}),
        beside=[] if held is None else [BesideCompressor(name=e["name"], bits=_r(e["bits"])) for e in held["beside"]],
    )


def generated_document(model: str, found: Generated) -> GeneratedDocument:
    """What a model wrote."""
    return copied(GeneratedDocument, found, model=model)


def lm_evaluation_document(found: LmEvaluation) -> LmEvaluationDocument:
    """How good a model is."""
    names = HeldBackText.__struct_fields__
    return LmEvaluationDocument(
        model=found.model,
        view=found.view,
        same_view=found.same_view,
        held_back=_held(**{name: getattr(found.held, name) for name in names}),
        beside=[BesideCompressor(name=each.name, bits=_r(each.bits)) for each in found.beside],
        shared=found.shared,
        clean=None if found.clean is None else _held(**{name: getattr(found.clean, name) for name in names}),
        cloze=[copied(GapsAnswered, each) for each in found.cloze],
        learned=copied(SaidByHeart, found.learned, tokens=_r(found.learned.tokens)),
        unlearned=copied(SaidByHeart, found.unlearned, tokens=_r(found.unlearned.tokens)),
        verbatim=None if found.verbatim is None else _r(found.verbatim),
    )


def _held(*, bits: float, nats: float, **counts: int) -> HeldBackText:
    return HeldBackText(bits=_r(bits), nats=_r(nats), **counts)


def _r(number: float) -> float:
    return round(number, 4)
