"""What a student is taught."""

from __future__ import annotations

from pathlib import Path

from galactica.building.build import build
from galactica.edition import Edition
from galactica.progress import silent
from galactica.train.pairs import QuestionPair
from galactica.train.student.texts import LONGEST, LONGEST_UNSPACED, of_pairs, stretch, taught_language, text_stretches

from ..conftest import blocks, text


def test_a_stretch_begins_and_ends_with_whole_words() -> None:
    long = " ".join(f"word{n}" for n in range(400))
    for chance in (0, 1, 77, 123_456, 2**31):
        cut = stretch(long, chance)
        assert len(cut) <= LONGEST
        assert set(cut.split()) <= set(long.split())
    assert len(stretch("北京大学的历史" * 100, 5)) == LONGEST_UNSPACED
    assert stretch("short", 3) == "short"


def test_every_passage_gives_a_stretch_and_the_same_ones_each_time(towns: Path) -> None:
    with Edition.open(towns) as opened:
        found = text_stretches([opened], (), 1000, silent)
        again = text_stretches([opened], (), 1000, silent)
        few = text_stretches([opened], (), 7, silent)
    assert len(found.taught) == found.passages
    assert {each.language for each in found.taught} == {"en"}
    assert not any(each.asked for each in found.taught)
    assert again == found
    assert len(few.taught) == 7


def test_articles_that_share_text_with_what_is_held_out_give_none(towns: Path) -> None:
    with Edition.open(towns) as opened:
        found = text_stretches([opened], [text(3)], 1000, silent)
    assert found.held_out == ("Town 3",)
    assert len(found.held_ids) == 1
    assert not any("town3 " in each.text for each in found.taught)


def test_each_language_has_as_many_as_the_others(tmp_path: Path, towns: Path) -> None:
    chinese = "河边的小镇在一九零二年建成，居民以捕鱼为生，后来修了一座桥。" * 4
    texts = blocks({f"镇{n}": f"{n}号{chinese}" for n in range(3)}).replace("//en.", "//zh.")
    (tmp_path / "wiki_00").write_text(texts, encoding="utf-8")
    build(other := tmp_path / "zh.edition", [tmp_path / "wiki_00"], workers=0, meaning=False)
    with Edition.open(towns) as first, Edition.open(other) as second:
        found = text_stretches([first, second], (), 10, silent)
    languages = [each.language for each in found.taught]
    assert len(languages) == 10
    assert len(set(languages) - {"en"}) > 0


def test_questions_and_their_passages_are_taught_each_once() -> None:
    pairs = [
        QuestionPair(question=f"Who crossed bridge {n}?", passage=f"He crossed bridge {n // 2}.") for n in range(6)
    ]
    found = of_pairs([*pairs, *pairs], 100)
    assert sum(each.asked for each in found) == 6
    assert sum(not each.asked for each in found) == 3
    assert len(of_pairs(pairs, 4)) == 4


def test_a_language_is_what_its_source_says_or_a_guess() -> None:
    assert taught_language("Wo liegt der See?", "de") == "de"
    assert taught_language("Wer hat die Brücke über den Fluss gebaut und wann war das?") == "de"
    assert taught_language("谁建了这座桥？", "und") == "zh"
    assert taught_language("1867") == ""
