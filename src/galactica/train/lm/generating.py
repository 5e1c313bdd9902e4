"""A model goes on with a text: token after token, told as they come, up to the end that it writes itself or a bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from galactica.errors import InputError, UsageError
from galactica.train.lm.drawing import Chooser, Choosing
from galactica.train.lm.model import LanguageModel
from galactica.train.lm.plain import PlainDecoder
from galactica.train.loading.vocabulary import Vocabulary

MOST_PROMPT = 4 * 2**20
"""Characters of a prompt that are looked at: more tokens than any context takes."""

UNFINISHED = 16
"""Tokens that are held back at most until the bytes of a character are all there; one has four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What a model wrote.

    Attributes:
        prompt, text: what it was given, and what it wrote behind it.
        prompt_tokens: tokens that it read, the end of the document before it among them.
        tokens: that it wrote, without the end.
        ended: why it stopped: "end", it wrote the end of a document; "tokens", the bound that was asked for;
            "context", it sees no more.
    """

    prompt: str
    text: str
    prompt_tokens: int
    tokens: tuple[int, ...]
    ended: str


class TextReader(Protocol):
    """What is asked of a decoder: it reads on, and says what may come next (`plain.PlainDecoder`)."""

    def forget(self) -> None:
        """Begin a new text."""

    def read(self, tokens: Sequence[int], *, last: bool = False) -> NDArray[np.float32]:
        """Logits behind tokens that follow those read so far, `float32 [tokens, or 1 if last, vocabulary]`."""


class TextWriter:
    """Writes with one model; each text begins anew.

    Args:
        model: an open one.
        decoder: what reads for it; None: numpy does.
    """

    def __init__(self, model: LanguageModel, decoder: TextReader | None = None) -> None:
        self.model = model
        self._decoder: TextReader = decoder or PlainDecoder(model.shape, model.tensors)

    def write(
        self,
        prompt: str,
        *,
        tokens: int,
        how: Choosing,
        told: Callable[[str], None] = lambda piece: None,
    ) -> Generated:
        """Go on with a text.

        Args:
            prompt: the beginning; "" begins a document.
            tokens: to write at most, at least 1.
            how: which token is taken.
            told: given each piece of text as soon as its characters are whole.

        Raises:
            UsageError: no tokens are asked for, or the prompt fills the context.
            InputError: the model's numbers are none.
        """
        model = self.model
        if tokens < 1:
            raise UsageError(f"{tokens} tokens cannot be written.", "Ask for at least 1.")
        given = [model.end, *map(int, model.vocabulary.encode([_encodable(prompt[:MOST_PROMPT])])[0])]
        room = model.shape.context - len(given)
        if room < 1:
            raise UsageError(
                f"The prompt has {len(given) - 1:,} tokens; the model sees {model.shape.context:,} with its own.",
                f"Give it at most {model.shape.context - 2:,}.",
            )
        self._decoder.forget()
        chooser = Chooser(how)
        stream = TextStream(model.vocabulary, told)
        logits = self._decoder.read(given, last=True)[0]
        written: list[int] = []
        ended = "tokens" if tokens <= room else "context"
        for _ in range(min(tokens, room)):
            token = chooser.choose(logits)
            if token == model.end or token == model.vocabulary.end:
                ended = "end"
                break
            if token >= model.vocabulary.size:
                raise InputError(
                    "The model wrote a token that its tokenizer lacks.", "Use the tokenizer it was made with."
                )
            written.append(token)
            stream.add(token)
            if len(written) < min(tokens, room):
                logits = self._decoder.read([token], last=True)[0]
        return Generated(prompt=prompt, text=stream.end(), prompt_tokens=len(given), tokens=tuple(written), ended=ended)


class TextStream:
    """Tokens → text as it comes: a character is told when all of its bytes are there.

    Args:
        vocabulary: of the tokens.
        told: given each piece.
    """

    def __init__(self, vocabulary: Vocabulary, told: Callable[[str], None]) -> None:
        self._vocabulary = vocabulary
        self._told = told
        self._waiting: list[int] = []
        self._text: list[str] = []

    def add(self, token: int) -> None:
        """The next token."""
        self._waiting.append(token)
        text = self._vocabulary.decode(self._waiting)
        if not text.endswith("\ufffd") or len(self._waiting) >= UNFINISHED:
            self._tell(text)

    def end(self) -> str:
        """All of the text."""
        if self._waiting:
            self._tell(self._vocabulary.decode(self._waiting))
        return "".join(self._text)

    def _tell(self, text: str) -> None:
        self._waiting.clear()
        if text:
            self._text.append(text)
            self._told(text)


def _encodable(text: str) -> str:
    """A text without lone surrogates, which an argument of a command may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
