"""Editions follow each other whatever happens in between: a run that is killed, a folder that is moved away."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.building.build import build
from galactica.codes.lock import locked
from galactica.edition import Edition
from galactica.edition.info import read_statement
from galactica.errors import EditionError, UsageError
from galactica.follow import following as running
from galactica.follow import next_edition, pages
from galactica.follow.journal import Journal
from galactica.progress import silent
from galactica.sources.feed_names import item_identity
from tests.follow.conftest import Following
from tests.follow.server import HostileServer, item, reply, rss
from tests.follow.test_sitemaps import page, urls


class Killed(BaseException):
    """As if the process were gone: nothing catches it."""


def dying(count: int, real: Callable[..., object]) -> Callable[..., object]:
    """A function that works so many times, and then ends everything."""
    left = [count]

    def act(*args: object, **options: object) -> object:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return real(*args, **options)

    return act


def numbers(folder: Path) -> list[tuple[str, int]]:
    return [(path.name, read_statement(path).number) for path in sorted(folder.glob("news-*.edition"))]


def test_an_edition_that_was_built_and_not_noted_is_found_again(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"] = [reply(rss(item("1"))), reply(rss(item("1"), item("2")))]
    with monkeypatch.context() as patch:
        patch.setattr(next_edition, "_point", dying(0, next_edition._point))
        with pytest.raises(Killed):
            following(server.url("/feed"), build=True)
    with sqlite3.connect(following.folder / "journal.sqlite") as db:
        db.execute("UPDATE edition SET root=''")  # killed a moment before
    db.close()
    assert following(build=True).edition is not None
    assert numbers(following.folder) == [("news-0001.edition", 1), ("news-0002.edition", 2)]
    assert (following.folder / "latest.edition").resolve().name == "news-0002.edition"


def test_an_index_of_meaning_that_was_stopped_is_gone_on_with(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"] = reply(rss(item("1")))
    following(server.url("/feed"), build=True)
    asked: list[Path] = []
    monkeypatch.setattr("galactica.follow.next_edition.reindex", lambda path, **options: asked.append(path))
    journal = Journal(following.folder / "journal.sqlite")
    with journal.change():
        journal.put_edition(1, "news-0001.edition", "", journal.changes())
    options = next_edition.EditionOptions(workers=0)
    for _ in range(2):
        assert next_edition.next_edition(journal, following.folder, options, silent, following.notes.append) is None
    journal.close()
    assert asked == [following.folder / "news-0001.edition"]


def test_a_build_that_was_killed_is_gone_on_with_under_its_name(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"] = reply(rss(item("1")))
    with monkeypatch.context() as patch:
        patch.setattr("galactica.follow.next_edition.build", dying(0, build))
        with pytest.raises(Killed):
            following(server.url("/feed"), build=True)
    found = following(build=True)
    assert found.path == following.folder / "news-0001.edition"
    assert following(build=True).path is None, "nothing changed since"


@pytest.mark.parametrize("at", [0, 1, 4])
def test_pages_that_a_killed_run_had_fetched_are_not_fetched_again(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    server.pages |= {f"/{n}": page(str(n)) for n in range(5)}
    server.pages["/s.xml"] = reply(urls(*((server.url(f"/{n}"), "1") for n in range(5))))
    with monkeypatch.context() as patch:
        patch.setattr(pages, "page_of", dying(at, pages.page_of))
        with pytest.raises(Killed):
            following(server.url("/s.xml"))
    found = following(build=True)
    assert found.edition is not None
    assert found.edition.articles == 5
    fetched = [path for path in server.paths() if path[1:].isdigit()]
    assert sorted(fetched) == sorted([*"/0/1/2/3/4".replace("/", " /").split(), f"/{at}"])


def test_a_feed_whose_items_were_being_entered_is_entered_once(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"] = reply(rss(*(item(str(n)) for n in range(5))), ETag='"1"')
    with monkeypatch.context() as patch:
        patch.setattr("galactica.follow.feeds.item_identity", dying(3, item_identity))
        with pytest.raises(Killed):
            following(server.url("/feed"))
    assert following().sources[0].new == 5
    assert "if-none-match" not in server.asked[-1].headers


def test_an_edition_that_is_gone_is_no_parent_and_said(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = [reply(rss(item("1"))), reply(rss(item("2")))]
    following(server.url("/feed"), build=True)
    shutil.rmtree(following.folder / "news-0001.edition")
    found = following(build=True)
    assert found.edition is not None
    assert (found.edition.articles, found.edition.parent) == (2, "")
    assert any("not there any more" in said for said in following.notes)
    assert numbers(following.folder) == [("news-0002.edition", 1)]


def test_what_stands_in_the_way_is_never_overwritten(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = reply(rss(item("1")))
    following(server.url("/feed"))
    (following.folder / "news-0001.edition").mkdir()
    (following.folder / "latest.edition").mkdir()
    found = following(build=True)
    assert found.path == following.folder / "news-0002.edition"
    assert not any((following.folder / "latest.edition").iterdir())


def test_where_nothing_is_an_article_there_is_no_edition_and_a_word(
    server: HostileServer, following: Following
) -> None:
    server.pages["/feed"] = reply(rss("<guid>1</guid><author>x</author>"))
    assert following(server.url("/feed"), build=True).edition is None
    assert any("No edition was built" in said for said in following.notes)
    server.pages["/feed"] = reply(rss(item("2")))
    assert following(build=True).edition is not None


def test_equal_journals_give_equal_editions_and_unchanged_articles_keep_their_ids(
    server: HostileServer, following: Following, tmp_path: Path
) -> None:
    server.pages["/feed"] = reply(rss(item("1"), item("2")))
    roots = []
    for name in ("one", "two"):
        following.folder = tmp_path / name / "news"
        following.folder.parent.mkdir()
        found = following(server.url("/feed"), build=True)
        assert found.edition is not None
        roots.append(found.edition.root)
    assert roots[0] == roots[1]
    server.pages["/feed"] = reply(rss(item("2", "Otherwise.")))
    following(build=True)
    with (
        Edition.open(tmp_path / "two/news/news-0001.edition") as old,
        Edition.open(following.folder / "latest.edition") as new,
    ):
        assert [old.head(row).id for row in range(2)] == [new.head(row).id for row in range(2)]
        assert [old.article(0).body == new.article(0).body, old.article(1).body == new.article(1).body] == [True, False]


def test_two_programs_do_not_follow_in_one_folder(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = reply(rss(item("1")))
    following(server.url("/feed"))
    with locked(following.folder / running.LOCK, "x"), pytest.raises(UsageError, match="another process"):
        following()


def test_a_journal_that_is_none_is_said_and_left(following: Following) -> None:
    following.folder.mkdir()
    (following.folder / "journal.sqlite").write_bytes(b"no journal" * 1000)
    with pytest.raises(EditionError, match="no journal"):
        following()
    (following.folder / "journal.sqlite").unlink()
    Journal(following.folder / "journal.sqlite").close()
    with sqlite3.connect(following.folder / "journal.sqlite") as db:
        db.execute("UPDATE meta SET value='9' WHERE key='version'")
    db.close()
    with pytest.raises(EditionError, match="later version"):
        following()
