"""Questions said in another language, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from galactica.train.reading import translating
from galactica.train.reading.translating import Translator

MEANINGS = (
    "river river: река 河流 ποταμός",
    "daughter дочь 女儿 κόρη",
    "long длинный 很长 μακρύς",
    "teacher учитель 老师 δάσκαλος",
)
WORDS = {word: number for number, words in enumerate(MEANINGS) for word in words.replace(":", "").split()}


@dataclass
class Cut:
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Cutter:
    """Cuts Chinese into words of two signs."""

    def cut(self, texts: Sequence[str]) -> list[Cut]:
        return [
            Cut(tuple(range(0, len(text), 2)), tuple(min(at + 2, len(text)) for at in range(0, len(text), 2)))
            for text in texts
        ]


def centre(words: Sequence[str], scripts: Sequence[str]) -> NDArray[np.float32]:
    rows = np.zeros((len(words), 64), np.float32)
    for at, word in enumerate(words):
        rows[at, WORDS.get(word, 10 + sum(map(ord, word)) % 50)] = 1
    return rows


def vocabulary() -> list[str]:
    others = (
        ["▁" + "b" * n for n in range(3, 9)] + ["▁" + "я" * n for n in range(3, 9)] + ["一" * n for n in range(2, 8)]
    )
    pieces = [f"▁{word}" for word in WORDS if not "一" <= word[0] <= "龥"] + [w for w in WORDS if "一" <= w[0] <= "龥"]
    return [*pieces, *others]


def translator(questions: Sequence[str]) -> Translator:
    return Translator(vocabulary(), Cutter(), centre, (), questions)  # type: ignore[arg-type]


def said(question: str, language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(translating, "SCRIPTS", {each: translating.SCRIPTS[each] for each in ("en", "zh", language)})
    monkeypatch.setattr(translating, "WEIGHTS", {language: 1.0, "en": 0.0, "zh": 0.0, **{language: 1.0}})
    monkeypatch.setattr(translating, "ALL", 1.0)
    return translator([question]).translated([question], 1.0, "seed")[0]


def test_words_that_ask_come_from_the_languages_files_and_others_from_what_is_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = said("Where is the long river?", "ru", monkeypatch)
    assert {"река", "длинный"} <= set(told.strip("?").split()), told
    assert {"где", "куда"} & set(told.strip("?").split()), told
    assert told.endswith("?")


def test_small_words_go_and_what_nothing_is_near_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = said("Who was the teacher of Quillmark in 1823?", "el", monkeypatch)
    assert {"Quillmark", "1823", "δάσκαλος"} <= set(told.strip("?").split()), told
    assert not {"was", "the", "of", "in"} & set(told.split())


def test_chinese_is_written_without_spaces_and_cut_by_the_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    told = said("Who is the daughter of the teacher?", "zh", monkeypatch)
    assert "女儿老师" in told
    assert told.endswith("？")
    back = said("女儿老师是谁？", "en", monkeypatch)
    assert "daughter teacher" in back, back
    assert "who" in back, back


def test_a_share_is_translated_and_the_same_for_the_same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [f"Who is the daughter of teacher number {number}?" for number in range(60)]
    first, again = (translator(asked).translated(asked, 0.5, "one") for _ in range(2))
    assert first == again
    assert 15 < sum(a != b for a, b in zip(asked, first, strict=True)) < 45
    assert translator(asked).translated(asked, 0.0, "one") == asked


def test_questions_in_languages_that_are_not_translated_from_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["ใครเป็นครู", "Kuka on opettaja?", "123", ""]
    assert translator(asked).translated(asked, 1.0, "one") == asked
