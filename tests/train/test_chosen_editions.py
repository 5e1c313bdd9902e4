"""What a view says of editions is heeded wherever something is learned from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.model.projection import project
from galactica.progress import silent
from galactica.train.card import Card
from galactica.train.chosen_editions import ChosenEdition, outside_of, rows_learned_from
from galactica.train.corpus import read_corpus
from galactica.train.lessons import read_files
from galactica.train.material import Material, read_material
from galactica.train.reader_lessons import HeldOutFilter, real_questions
from galactica.train.reader_made import made_lessons
from galactica.train.student.texts import text_stretches
from tests.train.conftest import edition, text
from tests.train.views.conftest import view_of


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Thirty towns, of which a view leaves out what is beyond a bound, and cuts out a passage of the first."""
    folder = tmp_path_factory.mktemp("chosen")
    exam = folder / "exam.txt"
    exam.write_text(". ".join(text(4).split(". ")[:2]))
    long = {f"Town {n}": f"{text(n)}\n\nShort line of town{n} that stays.\n\n{text(n + 100)}" for n in range(12)}
    made = edition(folder / "e", long)
    view_of(folder / "v.view", made, exclude=(exam,), max_tokens=9_000)
    return read_material([], [], [], folder / "v.view")


def test_only_articles_of_the_view_come_and_no_passage_that_it_cuts_out(chosen: Material) -> None:
    with chosen.opened() as opened, Edition.open(chosen.editions[0]) as whole:
        (edition,) = opened
        assert isinstance(edition, ChosenEdition)
        rows = [row for row, _ in edition.scan()]
        assert rows == rows_learned_from(edition)
        assert 0 < len(rows) < len(whole)
        cut = [row for row in rows if len(edition.spans(row)[0]) < len(whole.spans(row)[0])]
        assert cut
        for row in cut:
            body = project(edition.article(row).body)
            kept = " ".join(body[a:b] for a, b in zip(*edition.spans(row), strict=True))
            assert ". ".join(text(4).split(". ")[:2]) not in kept
        assert rows_learned_from(whole) == list(range(len(whole)))


def test_outside_is_what_is_left_out_or_cut(chosen: Material) -> None:
    with chosen.opened() as opened, Edition.open(chosen.editions[0]) as whole:
        (edition,) = opened
        outside = outside_of(opened)
        cut = [row for row in rows_learned_from(edition) if len(edition.spans(row)[0]) < len(whole.spans(row)[0])]
        assert len(outside) == len(whole) - len(rows_learned_from(edition)) + len(cut)
        assert outside_of([whole]) == frozenset()


def test_a_corpus_stretches_and_lessons_are_of_the_view(chosen: Material) -> None:
    with chosen.opened() as opened, Edition.open(chosen.editions[0]) as whole:
        titles = {opened[0].head(row).title for row in rows_learned_from(opened[0])}
        corpus = read_corpus(opened, (), silent)
        assert len(corpus.titles) == len(titles)
        assert (
            text_stretches(opened, [], 10_000, silent).passages < text_stretches([whole], [], 10_000, silent).passages
        )
        lessons, _ = made_lessons(
            opened, HeldOutFilter([]), count=400, unanswered=0.2, known=lambda word: True, seed=1, report=silent
        )
        assert {lesson.title for lesson in lessons} - {""} <= titles


def test_no_passage_is_looked_for_outside_of_the_view(chosen: Material, tmp_path: Path) -> None:
    with chosen.opened() as opened, Edition.open(chosen.editions[0]) as whole:
        gone = next(row for row in range(len(whole)) if row not in rows_learned_from(opened[0]))
        number = int(whole.head(gone).title.split()[1])
        apart = outside_of(opened)
    words = text(number).split(". ")[4].split()
    question = f"Who {words[5]} the {words[7]} beside the {words[10]} of town{number} in {words[1]}?"
    web = tmp_path / "web.json"
    web.write_text(f'[{{"qId": "q1", "qText": "{question}", "answers": ["{words[2]}"]}}]')
    found = real_questions(read_files([web]), HeldOutFilter([]), chosen.editions, 10, tmp_path, silent)
    assert [each.title for each in found.asked] == [f"Town {number}"]
    found = real_questions(read_files([web]), HeldOutFilter([]), chosen.editions, 10, tmp_path, silent, 1.0, apart)
    assert f"Town {number}" not in {each.title for each in found.asked}


def test_what_is_trained_says_of_which_view_it_is(chosen: Material) -> None:
    plain = read_material(chosen.editions, [], [])
    assert chosen.mark() != plain.mark()
    assert chosen.about("static", "plan")["view"] == chosen.view_hash
    assert "view" not in plain.about("static", "plan")
    card = Card(file="m.safetensors", bytes=1, digest="0" * 64, plan="p", material=chosen, questions=(), held_out=())
    told = card.text("{editions}\n\n{command}", command=card.command("encoder"))
    assert chosen.view_hash in told
    assert "--view v.view" in told
