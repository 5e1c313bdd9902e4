"""Target of the fuzzer: any bytes are what a view says of itself, an evaluation set and a document, or are refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from galactica.errors import InputError, LimitError
from galactica.model import Article, article_id
from galactica.model.projection import Projection
from galactica.train.instruct.answers import answered
from galactica.train.instruct.wordings import wordings_for
from galactica.train.views.evaluation_texts import EvaluationFile, EvaluationText, evaluation_texts
from galactica.train.views.excluding import Excluder
from galactica.train.views.header import ViewCounts, ViewHeader, view_header
from galactica.train.views.texts import cut

_COUNTED = (("en", 1, 9),)
_COUNTS = ViewCounts(documents=1, bytes=9, tokens=3, languages=_COUNTED, licences=_COUNTED, sources=_COUNTED)
_HEADER = ViewHeader(
    editions=(("0" * 64, "a"),),
    filter={"x": [1]},
    mix=(("all", 1.0),),
    tokens_by="estimate",
    counts=_COUNTS,
    rows="1" * 64,
)
_RUN = "one two three four five six seven eight nine ten eleven twelve thirteen"
_HAN = "北港的燈塔建於一九三二年當時的船隻需要在夜間找到河口的"
_TEXTS = (EvaluationText(id="1", text=f"{_RUN} fourteen"), EvaluationText(id="2", text=_HAN))
_EXCLUDER = Excluder([EvaluationFile(name="e", digest="0" * 64, texts=_TEXTS)], 13)

SEEDS = (
    _HEADER.to_json(),
    b'{"data": [{"title": "T", "paragraphs": [{"context": "a b", "qas": [{"id": "1", "question": "c?"}]}]}]}',
    b'{"_id": "1", "text": "a"}\n{"_id": "2", "text": "b"}\n',
    b"q1\tWhat is it?\tA thing.\n",
    f"Title is a thing (born 1 May 1900 \u2013 2 May 1950).\n{_RUN}\nmore {_HAN}\n".encode(),
)
PIECES = ('{"', '":', "[", "]", "}", ",", '"', "1", "0" * 64, '"version": 1', '"editions": [', '"mix": [', "(", ")", "（", "）", "《",
          _RUN, _HAN, "one two three ", "北", "\n", "\t", " ", ". ", "。", "is a ", "Title ", "The ", "born", "–", "\u0301", "\\ud800")  # fmt: skip


def one(data: bytes) -> None:
    """Take `data` for the statement of a view, for an evaluation set, and for a document.

    Raises:
        AssertionError: a statement was taken that has another form too, or something is shared after the cut.
    """
    text = data.decode("utf-8", "replace")
    with suppress(InputError, KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError):
        assert view_header(text, Path("v.view")).to_json() == data
    with suppress(InputError, LimitError):
        texts = evaluation_texts(text, "set")
        Excluder([EvaluationFile(name="set", digest="0" * 64, texts=texts)], 13)
    found = _EXCLUDER.find(text, 0)
    assert bool(found) == bool(_EXCLUDER.suspects([text])) or len(text) > 2**20
    left = cut(text, [at for each in found for at in (each.start, each.end)])
    assert not _EXCLUDER.suspects([left])
    _asked(text)


def _asked(text: str) -> None:
    title, _, body = text.partition("\n")
    article = Article(
        id=article_id("s", "p"), title=title, language="en", aliases=(), body="", categories=(), source="s", path="p"
    )
    outlined = Projection(text=body, headings=((0, body.find("\n")),) if "\n" in body else ())
    for language in ("en", "zh"):
        words = wordings_for(language, body[:300])
        assert words is not None
        for each in answered(article, outlined, (), words):
            assert body[each.start : each.end]
