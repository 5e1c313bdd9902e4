"""What the network says of a claim and its evidence: answers as found again, sentences by the head."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from galactica.ask.claiming import MOST_PLACES, MOST_WINDOWS, places_in
from galactica.ask.contract import Asserted, Given, Support
from galactica.ask.rules import RuleReader
from galactica.ask.trained import TrainedReader, open_reader
from galactica.encode.cross import CrossEncoder, HeadsRead
from galactica.encode.pieces import Window
from galactica.train.reading.features import claim_examples
from galactica.train.reading.lesson import CheckedClaim
from galactica.train.reading.writing import write_network

from ..train.reading.small import PIECES, SCORES, network

ABOUT = {"threshold": "0", "temperature": "1", "longest": "128", "question": "56", "title": "8"}
QUESTION = "when was the town built?"
QUOTE = Given(text="the town by the river was built in 1901", title="amber", language="en")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> TrainedReader:
    path = tmp_path_factory.mktemp("reader") / "small.safetensors"
    write_network(network(), path, pieces=PIECES, scores=SCORES, about=ABOUT, largest={})
    return open_reader(path)


class Reading:
    """In the place of `CrossEncoder.read`: keeps the windows, and supports those with a piece; doubts by the piece."""

    def __init__(self, supporting: str) -> None:
        self._id = PIECES.index(supporting)
        self.windows: list[Window] = []

    def __call__(self, windows: Sequence[Window]) -> list[HeadsRead]:
        self.windows += windows
        return [self._read(each) for each in windows]

    def _read(self, window: Window) -> HeadsRead:
        length = len(window.ids)
        inside = self._id in window.ids[window.first :]
        doubts = [-2.0 if inside or each in window.ids[window.first :] else 2.0 for each in window.ids]
        return HeadsRead(
            window=window,
            marks=np.zeros((length, 2), np.float32),
            answerable=0.0,
            supported=3.0 if inside else -3.0,
            unsupported=np.array(doubts, np.float32),
        )


def read_by(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch, supporting: str) -> Reading:
    stand_in = Reading(supporting)
    monkeypatch.setattr(CrossEncoder, "read", lambda _, windows: stand_in(windows))
    return stand_in


def test_a_claim_is_laid_out_as_it_was_taught(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_by(reader, monkeypatch, "▁1901")
    reader.judge_by_head(Asserted(question=QUESTION, text="in 1901"), [QUOTE])
    taught = CheckedClaim(question=QUESTION, answer="in 1901", quotation=QUOTE.text, title=QUOTE.title, supported=True)
    (example,) = claim_examples([taught], reader._network.tokenizer, 128)
    assert [window.ids for window in read.windows] == [example.ids]


def test_a_likelihood_and_every_word_come_of_it(reader: TrainedReader) -> None:
    text = "The town, built of cedar in 1902."
    found = reader.judge(Asserted(text=text), [QUOTE])
    assert found is not None
    assert 0 < found.likely < 1
    assert [text[each.start : each.end] for each in found.words] == [
        "The",
        "town",
        "built",
        "of",
        "cedar",
        "in",
        "1902",
    ]


def test_letters_of_scripts_without_spaces_are_words_by_themselves(reader: TrainedReader) -> None:
    text = "华沙是首都"
    found = reader.judge(Asserted(text=text), [Given(text="华沙", language="zh")])
    assert found is not None
    assert [text[each.start : each.end] for each in found.words] == [*text]


def test_words_that_no_evidence_has_are_told(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    read_by(reader, monkeypatch, "▁boats")
    text = "the town was built in 1902, of cedar"
    found = reader.judge(Asserted(text=text), [QUOTE])
    assert found is not None
    assert [text[a:b] for a, b in found.unsupported] == ["1902, of cedar"]
    both = reader.judge(Asserted(text=text), [QUOTE, Given(text="cedar")])
    assert both is not None
    assert [text[a:b] for a, b in both.unsupported] == ["1902, of"]


def test_the_best_window_of_long_evidence_counts(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_by(reader, monkeypatch, "▁boats")
    claim = Asserted(question=QUESTION, text="1901")
    for text in ("boats " + "a river " * 200, "a river " * 200 + "boats"):
        found = reader.judge_by_head(claim, [Given(text=text)])
        assert found is not None
        assert (found.likely > 0.9, found.unsupported) == (True, ())
    lacking = reader.judge_by_head(claim, [Given(text="a river " * 200)])
    assert lacking is not None
    assert lacking.likely < 0.1
    assert max(len(window.ids) for window in read.windows) <= 128


def test_each_part_of_a_long_claim_has_to_be_supported(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_by(reader, monkeypatch, "▁boats")
    monkeypatch.setattr(Reading, "_read", _of_the_claim(Reading._read))
    text = "in the town " * 40
    claim = Asserted(text=text)
    found = reader.judge(claim, [Given(text="a harbour")])
    assert found is not None
    assert found.likely > 0.9
    assert len(read.windows) == 2
    assert found.words[-1].end == len(text.rstrip())
    other = reader.judge(Asserted(text=text + "boats"), [Given(text="a harbour")])
    assert other is not None
    assert other.likely < 0.1


def _of_the_claim(read: Callable[[Reading, Window], HeadsRead]) -> Callable[[Reading, Window], HeadsRead]:
    """Refuses windows with boats before the evidence, and takes all others."""

    def judged(self: Reading, window: Window) -> HeadsRead:
        heads = read(self, window)
        bad = self._id in window.ids[: window.first]
        return HeadsRead(
            window=window,
            marks=heads.marks,
            answerable=0.0,
            supported=-3.0 if bad else 3.0,
            unsupported=heads.unsupported,
        )

    return judged


def test_no_more_windows_are_read_than_may_be(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_by(reader, monkeypatch, "▁boats")
    reader.judge(Asserted(text="in the town " * 60), [Given(text="a river " * 9_000)] * 3)
    assert 0 < len(read.windows) <= MOST_WINDOWS


@pytest.mark.parametrize("text", ["", " ", "?!", "\x00", "\ud800", "\n\n"])
def test_what_says_nothing_or_has_no_evidence_is_not_judged(reader: TrainedReader, text: str) -> None:
    assert reader.judge(Asserted(text=text), [QUOTE]) is None or text == "\ud800"
    assert reader.judge(Asserted(text="1901"), [Given(text=text)] if not text.strip() else []) is None


def test_nothing_raises(reader: TrainedReader) -> None:
    for text in ("\x00null\x00 and \ud800", "İstanbul ﬁnds 𝔘𝔫𝔦", "x" * 5_000, "?" * 999 + "1", "e\u0301 中文 too"):
        for question in ("", text):
            found = reader.judge(Asserted(question=question, text=text), [Given(text=text), QUOTE])
            assert found is None or all(0 <= a < b <= len(text) for a, b in found.unsupported)


def marking(*stretches: tuple[int, int, float]) -> Callable[[Sequence[Window]], list[HeadsRead]]:
    """In the place of `CrossEncoder.read`: marks (first piece, last piece, logit) of what is read, all else hardly."""

    def read(windows: Sequence[Window]) -> list[HeadsRead]:
        found = []
        for window in windows:
            marks = np.full((len(window.ids), 2), -30.0, np.float32)
            marks[0] = 0.0
            for first, last, logit in stretches:
                for at, column in ((first, 0), (last, 1)):
                    if 0 <= at - window.piece < window.count:
                        marks[window.first + at - window.piece, column] = logit / 2
            doubts = np.zeros(len(window.ids), np.float32)
            found.append(HeadsRead(window=window, marks=marks, answerable=0.0, supported=0.0, unsupported=doubts))
        return found

    return read


@pytest.mark.parametrize(
    ("marked", "text", "low", "high"),
    [
        ([(8, 8, 6.0)], "1901", 0.99, 1.0),
        ([(8, 8, 6.0)], " 1901 ", 0.99, 1.0),
        ([(8, 8, 6.0)], "river", 0.0, 1e-6),
        ([(8, 8, 6.0), (4, 4, 6.0)], "1901", 0.3, 0.4),  # as likely elsewhere, and from there to here
        ([(8, 8, 0.0)], "1901", 0.49, 0.51),  # as likely as none
        ([], "1901", 0.0, 1e-6),
        ([(7, 8, 6.0)], "in 1901", 0.99, 1.0),
        ([(6, 8, 6.0)], "1901", 0.0, 1e-6),  # a stretch three times as long is another
    ],
)
def test_an_answer_is_supported_as_surely_as_it_is_found_again(
    reader: TrainedReader, monkeypatch: pytest.MonkeyPatch,
    marked: list[tuple[int, int, float]], text: str, low: float, high: float,
) -> None:  # fmt: skip
    monkeypatch.setattr(CrossEncoder, "read", lambda _, windows: marking(*marked)(windows))
    found = reader.judge(Asserted(question=QUESTION, text=text), [QUOTE])
    assert found is not None
    assert low <= found.likely <= high
    assert [text[each.start : each.end] for each in found.words] == [text.strip()]
    assert bool(found.unsupported) == (found.likely < 0.5)


def test_an_answer_may_be_found_again_in_any_evidence_and_in_any_window_of_it(
    reader: TrainedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CrossEncoder, "read", lambda _, windows: marking((401, 401, 9.0))(windows))
    far = Given(text="a river " * 200 + "in 1901")
    assert reader._network.tokenizer.cut([far.text])[0].starts[401] == far.text.index("1901")
    for evidence in ([far], [QUOTE, far], [Given(text="a boats"), far]):
        found = reader.judge(Asserted(question=QUESTION, text="1901"), evidence)
        assert found is not None
        assert found.likely > 0.9


def test_an_answer_that_stands_nowhere_is_not_found_again(reader: TrainedReader) -> None:
    found = reader.judge(Asserted(question=QUESTION, text="1906"), [QUOTE])
    assert found is not None
    assert (found.likely, found.unsupported) == (0.0, ((0, 4),))


def test_a_sentence_is_judged_by_the_head(reader: TrainedReader) -> None:
    found = reader.judge(Asserted(text="the town of 1901"), [QUOTE])
    assert found == reader.judge_by_head(Asserted(text="the town of 1901"), [QUOTE])
    assert found is not None


def test_places_of_an_answer_are_told_in_order_and_only_so_many() -> None:
    assert places_in(" 1901 ", "in 1901 or 1901") == [(3, 7), (11, 15)]
    assert places_in("Amber", "İ by amber") == []  # whose small letters are more: as they stand
    assert places_in("Amber", "by amber") == [(3, 8)]
    assert places_in("", "in 1901") == places_in(" ", "in 1901") == []
    assert len(places_in("a", "a" * 99)) == MOST_PLACES


def test_rules_cannot_tell() -> None:
    assert RuleReader().judge(Asserted(text="1901"), [QUOTE]) is None


def test_stretches_are_words_in_a_row() -> None:
    from galactica.ask.contract import AssertedWord

    doubts = [(0, 2, -1.0), (3, 5, 1.0), (6, 8, 2.0), (9, 11, -1.0), (12, 14, 0.5)]
    words = tuple(AssertedWord(start=a, end=b, doubt=doubt) for a, b, doubt in doubts)
    assert Support(likely=0.5, words=words).unsupported == ((3, 8), (12, 14))
