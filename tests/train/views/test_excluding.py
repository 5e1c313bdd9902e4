"""What an evaluation set shares with documents is found and cut out, and nothing else is."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError, LimitError, UsageError
from galactica.train.views.evaluation_texts import EvaluationFile, EvaluationText
from galactica.train.views.excluding import Excluder, check_words
from galactica.train.views.ngrams import AT_ONCE, WordRuns, numbered_words
from galactica.train.views.view import View
from tests.train.views.conftest import article, edition, view_of

PARAGRAPH = (
    "The harbour of Norrby was dredged in 1932 so that ships of eleven metres could reach the old quay beside the mill."
)
CHINESE = "北港的燈塔建於一九三二年當時的船隻需要在夜間找到河口的位置而不至於撞上附近的礁石"


def excluder(*texts: str, words: int = 13) -> Excluder:
    items = tuple(EvaluationText(id=f"q{n}", text=text) for n, text in enumerate(texts))
    return Excluder([EvaluationFile(name="set.json", digest="0" * 64, texts=items)], words)


def plain_words(text: str) -> list[str]:
    """The words of a text as the format's document says, by another way than the code under test goes."""
    found: list[str] = []
    joined = False
    for character in text:
        kind = unicodedata.category(character)
        if kind[0] == "M" or kind == "Cf":
            continue
        if kind[0] not in "LN":
            joined = False
            continue
        letter = (
            unicodedata.normalize("NFKD", character.lower())[0].lower()[0] if ord(character) < 0x3400 else character
        )
        if re.match(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", character) and kind != "Nd":
            found.append(letter)
            joined = False
        elif joined:
            found[-1] += letter
        else:
            found.append(letter)
            joined = True
    return found


def shares(one: str, other: str, length: int) -> bool:
    """Whether two texts share a run of words, by sets of tuples."""
    runs = [
        {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
        for words in (plain_words(one), plain_words(other))
    ]
    return bool(runs[0] & runs[1])


@given(st.text(alphabet="aBé e\u0301ß漢字かがกไ0२१9-'\n", max_size=60))
def test_words_are_those_of_the_description(text: str) -> None:
    words = numbered_words(text)
    found = [text[a:b] for a, b in zip(words.starts.tolist(), words.ends.tolist(), strict=True)]
    assert ["".join(plain_words(each)) for each in found] == plain_words(text)
    by_hash = dict(zip(words.hashes.tolist(), plain_words(text), strict=True))
    assert len(by_hash) == len(set(plain_words(text)))


def test_a_run_is_the_same_wherever_it_stands_and_another_of_another_length() -> None:
    words = numbered_words("one two three four five one two three four five one two")
    runs = WordRuns(words)
    _, three = runs.of(3, alone=False)
    assert three[0] == three[5]
    assert len(set(three.tolist())) == 5
    assert not set(three.tolist()) & set(runs.of(2, alone=False)[1].tolist())
    assert len(runs.of(13, alone=False)[1]) == 0


@pytest.mark.parametrize("changed", [str.upper, lambda t: t.replace(" ", "  –  "), lambda t: t.replace("o", "o\u0301")])
def test_case_accents_and_what_stands_between_words_make_no_difference(changed) -> None:
    text = f"Title\n\nFirst paragraph.\n{changed(PARAGRAPH)}\nLast paragraph."
    found = excluder(PARAGRAPH).find(text, 7)
    assert [text[each.start : each.end] for each in found] == [f"{changed(PARAGRAPH)}\n"]


def test_what_is_found_says_which_file_which_text_and_which_words() -> None:
    text = f"Title\n\nBefore. {PARAGRAPH} After.\nLast."
    (found,) = excluder("something that is not in there, at all, in any way whatever it may be, or is", PARAGRAPH).find(
        text, 7
    )
    assert (found.file, found.item) == ("set.json", "q1")
    assert found.shared == "The harbour of Norrby was dredged in 1932 so that ships of eleven"


def test_twelve_words_in_a_row_are_no_run_and_thirteen_are() -> None:
    words = PARAGRAPH.split()
    for count, found in ((12, 0), (13, 1)):
        text = f"Title\n\n{' '.join(words[3 : 3 + count])} and otherwise not."
        assert len(excluder(PARAGRAPH).find(text, 7)) == found


def test_a_short_question_counts_as_a_whole_from_eight_words_on() -> None:
    question = "When was the harbour of Norrby dredged for ships?"
    text = f"Title\n\nPeople ask: {question}\nNothing more."
    assert excluder(question).find(text, 7)
    assert not excluder(question).find(f"Title\n\n{question.replace('ships', 'boats')}\nNothing.", 7)
    with pytest.raises(InputError, match="no text of 8 words"):
        excluder("Who was the king of Norrby then?")


def test_in_a_script_without_spaces_twice_as_many_letters_are_a_run() -> None:
    for count, found in ((25, 0), (26, 1)):
        text = f"標題\n\n另外{CHINESE[5 : 5 + count]}等等。"
        assert len(excluder(CHINESE).find(text, 4)) == found
    short = CHINESE[:16]
    assert excluder(short).find(f"標題\n\n{short}。\n", 4)


def test_of_a_long_paragraph_only_sentences_are_cut_out() -> None:
    sentences = [f"Sentence number {n} tells of ship {n} and of its captain." for n in range(60)]
    line = " ".join([*sentences[:30], PARAGRAPH, *sentences[30:]])
    text = f"Title\n\n{line}\nLast."
    (found,) = excluder(PARAGRAPH).find(text, 7)
    assert text[found.start : found.end] == PARAGRAPH


def test_what_meets_after_a_cut_is_looked_at_again() -> None:
    words = PARAGRAPH.split()
    text = "\n".join(["Title", "", " ".join(words[:10]), PARAGRAPH, " ".join(words[10:]), "Last line of all."])
    found = excluder(PARAGRAPH).find(text, 7)
    left = text
    for each in reversed(found):
        left = left[: each.start] + left[each.end :]
    assert not shares(left, PARAGRAPH, 13)
    assert "Last line of all." in left


def test_a_title_that_shares_a_run_leaves_the_whole_document_out() -> None:
    (found,) = excluder(PARAGRAPH).find(f"{PARAGRAPH}\n\nSome text.", len(PARAGRAPH) + 2)
    assert (found.start, found.end) == (0, len(PARAGRAPH) + 12)


def test_a_run_is_found_across_the_borders_of_what_is_looked_at_together() -> None:
    for shift in (-90, -30, 0):
        filling = "filling " * ((AT_ONCE + shift) // 8)
        text = f"{filling}\n{PARAGRAPH}\nend " + "more " * 4_000
        assert excluder(PARAGRAPH).find(text, 0)


def test_suspects_are_those_that_share_and_no_run_leads_from_one_text_into_the_next() -> None:
    half = PARAGRAPH.split()
    texts = ["nothing", f"x {PARAGRAPH} y", " ".join(half[:12]), " ".join(half[12:]), "", "x" * (AT_ONCE + 1)]
    assert excluder(PARAGRAPH).suspects(texts) == {1, 5}


@given(st.randoms(use_true_random=False))
def test_nothing_is_shared_afterwards_whatever_was_copied(chance: random.Random) -> None:
    pool = [f"{chance.choice('abcdefgh')}{n}" for n in range(30)]
    items = [" ".join(chance.choices(pool, k=chance.randint(13, 40))) for _ in range(3)]
    lines = []
    for _ in range(8):
        at = chance.choice(items).split()
        start = chance.randrange(len(at))
        lines.append(" ".join(at[start : start + chance.randint(1, 30)]) or "x")
        lines.append(" ".join(chance.choices(pool, k=chance.randint(1, 8))))
    text = "T\n\n" + "\n".join(lines)
    left = text
    for each in reversed(excluder(*items).find(text, 3)):
        left = left[: each.start] + left[each.end :]
    assert not any(shares(left, item, 13) for item in items)


def squad(path: Path, *contexts: str) -> Path:
    paragraphs = [
        {"context": each, "qas": [{"id": f"{n}", "question": "What was done there?", "answers": [{"text": "x"}]}]}
        for n, each in enumerate(contexts)
    ]
    path.write_text(json.dumps({"version": "1.1", "data": [{"title": "Norrby", "paragraphs": paragraphs}]}))
    return path


@pytest.fixture(scope="module")
def harbours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in which one article quotes the paragraph, one is little else, and others have nothing of it."""
    filling = "".join(f"<p>Line {n} of the article tells of another thing.</p>" for n in range(12))
    articles = [
        article(1),
        article(2, body=f"{filling}<p>{PARAGRAPH}</p>{filling}"),
        article(3, body=f"<p>{PARAGRAPH} {PARAGRAPH}</p><p>Little else.</p>"),
        article(4, "zh-Hant", body=f"<p>{CHINESE}。</p>" + "<p>另外還有一些別的事情可以說。</p>" * 12),
    ]
    return edition(tmp_path_factory.mktemp("harbours"), articles, name="harbours")


def test_a_view_shares_nothing_with_the_evaluation_set_and_says_what_it_left_out(
    harbours: Path, tmp_path: Path
) -> None:
    made = view_of(tmp_path / "v.view", harbours, exclude=(squad(tmp_path / "dev.json", PARAGRAPH, CHINESE),))
    with View.open(tmp_path / "v.view") as view:
        texts = [text.decode() for _, text in view.scan()]
        assert len(texts) == 3
        assert not any(shares(text, PARAGRAPH, 13) or shares(text, CHINESE, 26) for text in texts)
        assert view.read(range(3)) == [text.encode() for text in texts]
        assert any("Line 11 of the article" in text for text in texts)
    assert dict(made.left_out) == {"evaluation": 1}
    assert made.passages == 2
    rows = pq.read_table(tmp_path / "v.view" / "excluded.parquet").to_pylist()
    assert [(r["title"], r["reason"], r["file"], r["item"]) for r in rows] == [
        ("Article 2", "passage", "dev.json", "Norrby"),
        ("Article 3", "evaluation", "dev.json", "Norrby"),
        ("Article 4", "passage", "dev.json", "Norrby"),
    ]
    assert rows[0]["shared"].startswith("The harbour of Norrby")
    assert made.header.counts.documents + sum(count for _, count in made.left_out) == made.articles == 4
    (excluded,) = made.excluded
    assert (excluded.items, excluded.short, excluded.found, excluded.passages) == (2, 3, 2, 3)
    assert "dev.json" in (tmp_path / "v.view" / "card.md").read_text()


def test_what_is_asked_of_exclusion_is_bounded(harbours: Path, tmp_path: Path) -> None:
    with pytest.raises(LimitError):
        check_words(4)
    (tmp_path / "other").mkdir()
    files = (squad(tmp_path / "dev.json", PARAGRAPH), squad(tmp_path / "other" / "dev.json", CHINESE))
    with pytest.raises(UsageError, match="same name"):
        view_of(tmp_path / "v.view", harbours, exclude=files)
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    with pytest.raises(InputError, match="no text of 8 words") as refused:
        view_of(tmp_path / "v.view", harbours, exclude=(qrels,))
    assert "qrels" in refused.value.remedy
    assert not (tmp_path / "v.view").exists()
