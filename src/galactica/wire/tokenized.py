"""A tokenizer that was trained, as a JSON document: its file, and what its tokens hold by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count

if TYPE_CHECKING:
    from galactica.library import MadeTokenizer

BytesPerToken = Annotated[float, Meta(ge=0, description="Bytes of UTF-8 that a token stands for, on average.")]


class VocabularyBeside(JsonObject, frozen=True, kw_only=True):
    """What tokens of another vocabulary hold of the same texts."""

    name: Annotated[str, Meta(description="A published vocabulary that is installed, or the name of a file.")]
    tokens: Count
    held: BytesPerToken


class MeasuredTexts(JsonObject, frozen=True, kw_only=True):
    """What tokens hold of texts in one language."""

    language: str
    documents: Count
    bytes: Count
    tokens: Count
    held: BytesPerToken
    beside: list[VocabularyBeside]


class TrainedTokenizerDocument(JsonObject, frozen=True, kw_only=True):
    """A tokenizer that was trained."""

    path: str
    card: Annotated[str, Meta(description="Its card, in Markdown.")]
    hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the file: the tokenizer's name.")]
    size: Annotated[Count, Meta(description="Tokens, special ones among them.")]
    asked: Annotated[Count, Meta(description="Tokens that were asked for; a small view has not enough to learn.")]
    documents: Annotated[Count, Meta(description="That it learned from.")]
    bytes: Annotated[Count, Meta(description="Of text that it learned from.")]
    view: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="Hash of the view.")]
    languages: Annotated[list[MeasuredTexts], Meta(description="Those with most text first.")]


def tokenizer_document(made: MadeTokenizer) -> TrainedTokenizerDocument:
    """A tokenizer that was trained."""
    return copied(
        TrainedTokenizerDocument,
        made,
        path=str(made.path),
        card=str(made.card),
        languages=[
            copied(
                MeasuredTexts,
                each,
                held=round(each.held(), 4),
                beside=[
                    VocabularyBeside(name=name, tokens=tokens, held=round(each.held(tokens), 4))
                    for name, tokens in each.beside
                ],
            )
            for each in made.languages
        ],
    )
