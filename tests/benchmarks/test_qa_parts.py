"""Sets of questions in parts: shares and halves, the same each time."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.qa_parts import halved, thinned


def written(path: Path, articles: int = 20, asked: int = 10, impossible: bool = False) -> Path:
    data = [
        {
            "title": f"Town_{n}",
            "paragraphs": [
                {"context": f"of {n}", "qas": [{"id": f"{n} {m}", "is_impossible": impossible} for m in range(asked)]}
            ],
        }
        for n in range(articles)
    ]
    path.write_text(json.dumps({"version": "1", "data": data}), encoding="utf-8")
    return path


def ids(path: Path) -> list[str]:
    read = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [q["id"] for article in read for paragraph in article["paragraphs"] for q in paragraph["qas"]]


def test_a_share_of_the_questions_is_kept_and_whole_articles_that_are_named(tmp_path: Path) -> None:
    file = written(tmp_path / "some.json")
    found = ids(thinned(file, tmp_path / "rest", 0.3, ["Town 3"]))
    assert found == ids(thinned(file, tmp_path / "again", 0.3, ["Town 3"]))
    assert [each for each in found if each.startswith("3 ")] == [f"3 {m}" for m in range(10)]
    assert 30 < len(found) < 90
    assert set(found) < set(ids(file))
    assert ids(thinned(file, tmp_path / "all", 1.0)) == ids(file)


def test_an_article_s_questions_all_go_into_one_half(tmp_path: Path) -> None:
    file = written(tmp_path / "some.json")
    learned, held = halved(file, tmp_path / "a", tmp_path / "b")
    assert learned is not None
    assert held is not None
    assert sorted([*ids(learned), *ids(held)]) == sorted(ids(file))
    assert not {each.split()[0] for each in ids(learned)} & {each.split()[0] for each in ids(held)}


def test_a_half_without_an_answer_is_no_file(tmp_path: Path) -> None:
    assert halved(written(tmp_path / "some.json", impossible=True), tmp_path / "a", tmp_path / "b") == (None, None)
