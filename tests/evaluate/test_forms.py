"""Every form of question file is known by what is in it; what is broken is said plainly."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from galactica.errors import GalacticaError, InputError, LimitError, UsageError
from galactica.evaluate import question, reading
from galactica.evaluate.forms import read_questions, with_answers_from
from galactica.evaluate.question import Question, sample, together

from .samples import CMRC, SQUAD, written

CRANFIELD = ".I 001\r\n.W\r\nwhat laws must\r\nbe obeyed .\r\n.I 004\r\n.W\r\nheat in slabs .\r\n"
TOPICS = (
    "<top>\n<num> Number: 301\n<title> organized crime\n\n<desc> Description:\nIdentify.\n</top>\n"
    "<top>\n<num> Number: 302 \n<title>\n<desc> Description:\nIs polio gone?\n<narr> Narrative:\nlong\n</top>\n"
)
RADIUM = Question(
    id="q1",
    text="What did Curie discover?",
    language="en",
    answers=("radium",),
    title="Marie Curie",
    context="Curie discovered radium in 1898.",
)


def test_squad_gives_title_and_answers_and_counts_what_cannot_be_answered(tmp_path: Path) -> None:
    file = read_questions(written(tmp_path / "x", SQUAD))
    assert file.questions == (RADIUM,)
    assert file.left_out == (("unanswerable", 1), ("without an answer", 1))
    (judged,) = file.unanswerable
    assert (judged.id, judged.text, judged.answers) == ("q2", "When did she fly?", ())
    assert judged.context
    assert (file.format, file.language) == ("squad", "en")


def test_cmrc_has_ids_of_articles_and_paragraphs(tmp_path: Path) -> None:
    file = read_questions(written(tmp_path / "trial.json", CMRC))
    (one,) = file.questions
    assert (one.document, one.paragraph, one.title, one.language) == ("T1", "T1_0", "镭", "zh")
    assert not one.foreign_title


@pytest.mark.parametrize(
    ("name", "said", "language"), [("xquad.zh.A.json", "", "zh"), ("x.json", "zh_hant", "zh-Hant")]
)
def test_the_language_comes_from_the_option_or_the_name(tmp_path: Path, name: str, said: str, language: str) -> None:
    file = read_questions(written(tmp_path / name, SQUAD), language=said)
    assert {file.language, file.questions[0].language} == {language}


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names no language"):
        read_questions(written(tmp_path / "x.json", SQUAD), language="!")


@pytest.mark.parametrize(
    ("name", "foreign"), [("xquad.de.json", True), ("xquad.en.json", False), ("mlqa.de.json", False)]
)
def test_xquad_has_english_titles_in_every_language(tmp_path: Path, name: str, foreign: bool) -> None:
    assert read_questions(written(tmp_path / name, SQUAD)).questions[0].foreign_title is foreign


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("谁发现了镭", "zh"),
        ("誰がラジウムを発見しましたか", "ja"),
        ("Кто открыл радий", "ru"),
        ("Ποιος ανακάλυψε το ράδιο", "el"),
        ("ใครค้นพบเรเดียม", "th"),
        ("من اكتشف الراديوم", "ar"),
        ("रेडियम की खोज किसने की", "hi"),
        ("라듐을 발견한 사람", "ko"),
        ("Who discovered radium", "en"),
        ("Wer entdeckte Radium", "de"),
        ("Radium Polonium", "und"),
        ("123", "und"),
    ],
)
def test_the_language_is_guessed_from_words_and_script(tmp_path: Path, words: str, language: str) -> None:
    assert read_questions(written(tmp_path / "x.tsv", f"{words}\tradium\n")).language == language


def test_a_table_of_two_columns_has_questions_and_answers(tmp_path: Path) -> None:
    file = read_questions(
        written(tmp_path / "x", "question\tanswers\r\nWho?\tCurie | Marie Curie|\r\n\r\nWhen?\t|\r\n")
    )
    (one,) = file.questions
    assert (one.text, one.answers, file.format) == ("Who?", ("Curie", "Marie Curie"), "answers-tsv")
    assert file.left_out == (("without an answer", 1),)
    assert len(one.id) == 16


def test_answers_may_be_expressions(tmp_path: Path) -> None:
    file = read_questions(written(tmp_path / "x", "Who?\tMarie? Curie|Sk.odowska\nWhat?\t(?=a)\n"), regex=True)
    assert [one.pattern for one in file.questions] == ["Marie? Curie|Sk.odowska"]
    assert file.left_out == (("with an expression that is not read", 1),)
    listed = [{"qText": "Who?", "answers": ["Cur.e", "Marie"]}, {"qText": "What?", "answers": ["("]}]
    file = read_questions(written(tmp_path / "y", listed), regex=True)
    assert [one.pattern for one in file.questions] == ["Cur.e|Marie"]
    assert file.left_out == (("with an expression that is not read", 1),)


def test_curated_trec_is_known_by_its_four_columns(tmp_path: Path) -> None:
    file = read_questions(
        written(tmp_path / "x", "46\tfactoid\tWho is mayor?\tJes\\ús\\s+Gil\n47\tfactoid\tWho?\t(a\n")
    )
    (one,) = file.questions
    assert (one.id, one.text, one.pattern, file.format) == ("46", "Who is mayor?", "Jesús\\s+Gil", "curated-trec")
    assert file.left_out == (("with an expression that is not read", 1),)


def test_a_list_of_questions_in_json_is_read(tmp_path: Path) -> None:
    listed = [{"qId": 7, "qText": "Who?", "answers": ["Curie"]}, {"question": "When?", "answer": "1898"}]
    first, second = read_questions(written(tmp_path / "x", listed)).questions
    assert (first.id, first.text, first.answers) == ("7", "Who?", ("Curie",))
    assert (second.text, second.answers) == ("When?", ("1898",))


def test_cranfield_counts_queries_by_their_place(tmp_path: Path) -> None:
    qrels = written(tmp_path / "r", "1 184 2\n2 7  1 \n2 8 -1\n")
    first, second = read_questions(written(tmp_path / "x", CRANFIELD), qrels=qrels).questions
    assert (first.id, first.text, first.relevant) == ("1", "what laws must be obeyed .", (("184", 3),))
    assert (second.id, second.relevant, second.set_aside) == ("2", (("7", 4),), ("8",))


def test_trec_topics_ask_the_title_or_else_the_description(tmp_path: Path) -> None:
    qrels = written(tmp_path / "r", "301 0 FBIS3-1 1\n302 0 FBIS3-2 2\n")
    first, second = read_questions(written(tmp_path / "x", TOPICS), qrels=qrels).questions
    assert (first.id, first.text) == ("301", "organized crime")
    assert (second.id, second.text) == ("302", "Is polio gone?")


def test_topics_without_a_relevant_document_are_left_out_and_counted(tmp_path: Path) -> None:
    qrels = written(tmp_path / "r", "1 0 d1 1\n2 0 d1 0\n")
    file = read_questions(written(tmp_path / "x", "1\tradium\n2\tpolonium\n3\tradon\n"), qrels=qrels)
    assert [one.id for one in file.questions] == ["1"]
    assert file.left_out == (("without a relevant document", 2),)
    assert file.format == "topics-tsv"


def test_a_file_in_utf_16_or_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        (one,) = read_questions(written(tmp_path / "x", "Who?\tCurie\n".encode(encoding))).questions
        assert one.text == "Who?"


def nested(depth: int) -> bytes:
    return b"[" * depth


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n",
        b"\x00\x01\x02\x03",
        b"\xff\xfe\x00",
        "Wer hat Öl?\tÄgypten\n".encode("latin-1"),
        b"\x1f\x8b\x08\x00",
        json.dumps(SQUAD).encode()[:-30],
        json.dumps(SQUAD).encode()[:1],
        nested(100_000),
        b"[" + b"9" * 5_000 + b"]",
        b"{}",
        b"[]",
        b"[1]",
        b'{"data": 3}',
        b'{"data": []}',
        b'{"data": [3]}',
        b'{"data": [{"paragraphs": {}}]}',
        b'{"data": [{"title": ["x"], "paragraphs": []}]}',
        b'{"data": [{"paragraphs": [{"qas": [{"question": "a", "answers": ["b"]}]}]}]}',
        b'{"data": [{"paragraphs": [{"qas": [{"question": 1.5, "answers": [{"text": "b"}]}]}]}]}',
        b'[{"qText": "Who?"}]',
        b'[{"answers": ["Curie"]}]',
        b'[{"qText": "Who?", "answers": {"a": 1}}]',
        b"one column only\n",
        b"a\tb\tc\n",
        b"1\t2\t3\t4\n",
        b"Who?\tCurie\nWhen?\t1898\tyes\n",
        b"Who?\t\n",
        b".I 1\nno mark\n",
        b"<top>\n<title> no number\n</top>",
        b"<top>\n<num> Number: 1\n",
    ],
)
@pytest.mark.parametrize("judged", [False, True])
def test_what_is_broken_is_one_error_with_a_remedy(tmp_path: Path, content: bytes, judged: bool) -> None:
    qrels = written(tmp_path / "r", "1 0 d 1\n") if judged else None
    with pytest.raises((InputError, UsageError)) as raised:
        read_questions(written(tmp_path / "x", content), qrels=qrels)
    assert raised.value.problem
    assert raised.value.remedy


@pytest.mark.parametrize("end", range(1, 500, 7))
def test_a_file_cut_off_anywhere_never_ends_in_a_traceback(tmp_path: Path, end: int) -> None:
    for whole in (json.dumps(SQUAD), CRANFIELD, TOPICS, "46\tfactoid\tWho?\tCurie\n"):
        qrels = None if whole.startswith(("{", "4")) else written(tmp_path / "r", "1 0 d 1\n301 0 d 1\n")
        with contextlib.suppress(GalacticaError):
            read_questions(written(tmp_path / "x", whole[:end]), qrels=qrels)


@pytest.mark.parametrize("content", [CRANFIELD, TOPICS])
def test_queries_without_answers_ask_for_judgements(tmp_path: Path, content: str) -> None:
    with pytest.raises(UsageError, match="without answers") as raised:
        read_questions(written(tmp_path / "x", content))
    assert "--qrels" in raised.value.remedy


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_questions(path)


def test_judgements_of_other_questions_are_noticed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No question") as raised:
        read_questions(written(tmp_path / "x", SQUAD), qrels=written(tmp_path / "r", "9 0 d 1\n"))
    assert "--qrels" in raised.value.remedy


def test_too_much_is_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "x", "Who?\tCurie\nWhen?\t1898\n")
    monkeypatch.setattr(question, "MAX_QUESTIONS", 1)
    with pytest.raises(LimitError, match="more than 1 questions"):
        read_questions(path)
    monkeypatch.setattr(reading, "MAX_FILE", 10)
    with pytest.raises(LimitError, match="larger than"):
        read_questions(path)


def test_questions_and_answers_that_are_too_long_are_left_out_and_counted(tmp_path: Path) -> None:
    file = read_questions(
        written(tmp_path / "x", f"{'w' * 2_001}\tCurie\nWho?\tCurie|{'x' * 1_001}\nW?\t{'x' * 1_001}\n")
    )
    assert [one.answers for one in file.questions] == [("Curie",)]
    assert dict(file.left_out)["longer than 2,000 characters"] == 1
    assert dict(file.left_out)["without an answer"] == 1
    assert sum(dict(file.left_out).values()) == 4


def test_the_same_question_of_two_files_is_asked_once(tmp_path: Path) -> None:
    first = read_questions(written(tmp_path / "a.json", SQUAD))
    again = read_questions(written(tmp_path / "b.json", SQUAD))
    german = read_questions(written(tmp_path / "c.de.json", SQUAD))
    questions, repeated = together([first, again, german])
    assert [(one.id, one.language) for one in questions] == [("q1", "en"), ("q1", "de")]
    assert repeated == 1


def test_two_questions_of_one_id_get_names_of_their_own(tmp_path: Path) -> None:
    files = [
        read_questions(written(tmp_path / name, [{"qId": "1", "qText": text, "answers": ["x"]}]))
        for name, text in (("a", "What is it?"), ("b", "Who is it?"), ("c", "Who is it?"))
    ]
    questions, repeated = together(files)
    assert [one.id for one in questions] == ["1", "1~2"]
    assert repeated == 1


def test_a_larger_sample_holds_the_smaller_one() -> None:
    questions = [Question(id=str(number), text="?") for number in range(100)]
    small, large = sample(questions, 10, 3), sample(questions, 40, 3)
    assert len(small) == 10
    assert set(small) < set(large)
    assert [int(one.id) for one in large] == sorted(int(one.id) for one in large)
    assert sample(questions, 10, 4) != small
    assert sample(questions, 0, 3) == sample(questions, 100, 3) == sample(questions, 999, 3) == tuple(questions)


def test_answers_come_from_the_file_in_another_language(tmp_path: Path) -> None:
    english = read_questions(written(tmp_path / "xquad.en.json", SQUAD))
    german = read_questions(written(tmp_path / "xquad.de.json", SQUAD))
    other = Question(id="not there", text="?", language="de", answers=("x",))
    (one,), unknown = with_answers_from([*german.questions, other], english)
    assert (one.language, one.foreign_title, one.title) == ("de", False, "Marie Curie")
    assert unknown == 1
    with pytest.raises(UsageError, match="none of the questions"):
        with_answers_from([other], english)
