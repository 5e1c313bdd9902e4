"""Several readers at once see what one reader sees."""

from __future__ import annotations

import threading

from galactica import library
from galactica.codes.cache import Cache
from galactica.edition import Edition


def test_threads_read_the_same_articles_as_one(tmp_path):
    source = tmp_path / "pages"
    source.mkdir()
    for number in range(24):
        (source / f"{number}.txt").write_text(f"Article {number}\n\n" + f"word{number} " * 400, encoding="utf-8")
    library.build(tmp_path / "many.edition", [source], workers=0)
    with Edition.open(tmp_path / "many.edition") as edition:
        alone = [(edition.article(row), edition.passages(row)) for row in range(len(edition))]
    wrong: list[object] = []
    with Edition.open(tmp_path / "many.edition") as edition:

        def read(first: int) -> None:
            try:
                for turn in range(4 * len(alone)):
                    row = (first + 7 * turn) % len(alone)
                    edition._articles = Cache(1)  # forget, so that the file is read each time
                    edition._stored._heads, edition._stored._lists = Cache(1), Cache(1)
                    if (edition.article(row), edition.passages(row)) != alone[row]:
                        wrong.append(row)
            except Exception as error:
                wrong.append(error)

        threads = [threading.Thread(target=read, args=(number * 13,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
