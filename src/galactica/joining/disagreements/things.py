"""Which topic an article, an identifier or a name belongs to, and what else that is called; in a file beside the work.

Topics are those of `joined/topics`; where they have not been made, articles are of one topic that share an identifier,
or a title that no source has twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from galactica.codes.letters import loose_key, title_key
from galactica.edition import Edition
from galactica.model import Article, article_id
from galactica.model.claim import Claim
from galactica.progress import Report, silent

MOST_NAMES = 200
"""Names of one article that count."""

LONGEST_THING = 200
"""Characters of a name that is looked up."""

BATCH = 2_000

CACHE = 64 * 2**20
"""Bytes of the file that stay in memory: claims ask for articles by their paths, which come in no order."""

OWN_TOPIC = "own:"
"""Before the id of an article that is alone in its topic."""


class Things:
    """What is known of the things of an edition; made by `known_things`, closed by leaving its `with` block."""

    def __init__(self, edition: Edition, db: sqlite3.Connection, file: Path) -> None:
        self._db, self._file = db, file
        self._dates = {source.key: source.date for source in edition.sources}
        self.known = lru_cache(maxsize=20_000)(self._known)
        self._of_article = lru_cache(maxsize=20_000)(self._article)

    def place_of(self, claim: Claim) -> tuple[str, str]:
        """The topic that a claim is about, and of what of it."""
        if claim.origin == "statement":
            return self.of_subject(claim.source, claim.subject), ""
        topic, _ = self._of_article(claim.source, claim.path)
        if not claim.subject:
            return topic, ""
        row = self._db.execute("SELECT topic FROM subjects WHERE subject = ?", (claim.subject,)).fetchone()
        return (str(row[0]), "") if row else (topic, claim.subject[:LONGEST_THING])  # a name may be anybody's

    def date_of(self, claim: Claim) -> str:
        """The date of the article that a claim stands in, else of its source; "" where neither is told."""
        if claim.origin != "statement":
            _, date = self._of_article(claim.source, claim.path)
            if date:
                return date
        return self._dates.get(claim.source, "")[:10]

    def of_subject(self, source: str, subject: str) -> str:
        """The topic of a statement's subject; the subject itself where no article is about it."""
        scheme, _, rest = subject.partition(":")
        if scheme == "path":
            return self._of_article(source, unquote(rest))[0]
        row = self._db.execute("SELECT topic FROM subjects WHERE subject = ?", (subject,)).fetchone()
        return str(row[0]) if row else subject

    def places(self, topics: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """(source, path, topic) of the articles of some topics, sorted."""
        self._db.execute("CREATE TEMP TABLE wanted (topic TEXT PRIMARY KEY)")
        self._db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((topic,) for topic in topics))
        found = self._db.execute(
            "SELECT source, path, topic FROM articles WHERE topic IN (SELECT topic FROM wanted) ORDER BY source, path"
        )
        yield from found
        self._db.execute("DROP TABLE wanted")

    def _known(self, name: str) -> frozenset[str]:
        """The keys of all names and identifiers that the bearer of a name or identifier goes by."""
        topics = self._topics_called(name[:LONGEST_THING])
        if len(topics) != 1:
            return frozenset()
        rows = self._db.execute("SELECT key FROM names WHERE topic = ? ORDER BY key LIMIT 1000", (topics[0],))
        return frozenset(key for (key,) in rows)

    def _topics_called(self, name: str) -> list[str]:
        row = self._db.execute("SELECT topic FROM subjects WHERE subject = ?", (name,)).fetchone()
        if row:
            return [str(row[0])]
        found = self._db.execute("SELECT DISTINCT topic FROM names WHERE key = ? LIMIT 2", (_key(name),))
        return [topic for (topic,) in found]

    def _article(self, source: str, path: str) -> tuple[str, str]:
        row = self._db.execute(
            "SELECT topic, date FROM articles WHERE source = ? AND path = ?", (source, path)
        ).fetchone()
        return (str(row[0]), str(row[1])) if row else ("", "")

    def close(self) -> None:
        """Let go of the file, and remove it."""
        self._db.close()
        self._file.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()


def known_things(
    edition: Edition,
    topics: Iterable[tuple[str, Iterable[int], Iterable[str]]] | None,
    file: Path,
    report: Report = silent,
) -> Things:
    """What is known of the things of an edition.

    Args:
        topics: (name, rows of articles, subjects) of each topic of several; None: they are found here.
        file: a place for it; what lies there is lost.
        report: stage "things" (articles).
    """
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA cache_size = {-(CACHE // 1024)}")
    db.execute("CREATE TABLE articles (number INTEGER PRIMARY KEY, source TEXT, path TEXT, date TEXT, topic TEXT)")
    db.execute("CREATE TABLE subjects (subject TEXT PRIMARY KEY, topic TEXT)")
    db.execute("CREATE TABLE names (key TEXT, topic TEXT)")
    db.execute("CREATE TABLE keys (key TEXT, number INTEGER, title INTEGER)")
    rows = edition.scan(body=False)
    done = 0
    while batch := list(islice(rows, BATCH)):
        db.execute("BEGIN")
        for number, article in batch:
            own = OWN_TOPIC + article_id(article.source, article.path).hex()
            date = (article.published or article.modified or "")[:10]
            db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", (number, article.source, article.path, date, own))
            db.executemany("INSERT INTO keys VALUES (?, ?, ?)", ((key, number, title) for key, title in _keys(article)))
        db.execute("COMMIT")
        done += len(batch)
        report("things", done, len(edition), "articles")
    db.execute("BEGIN")
    if topics is None:
        _joined_by_keys(db)
    else:
        for name, numbers, subjects in topics:
            db.executemany("UPDATE articles SET topic = ? WHERE number = ?", ((name, number) for number in numbers))
            db.executemany("INSERT OR IGNORE INTO subjects VALUES (?, ?)", ((each, name) for each in subjects))
    db.execute("CREATE INDEX by_path ON articles (source, path)")
    db.execute("CREATE INDEX by_topic ON articles (topic)")
    # Keys lie in the order of their articles and are read in it, then sorted: by an index on them each would have its
    # article fetched by itself.
    db.execute(
        "INSERT OR IGNORE INTO subjects SELECT key, min(topic) FROM keys JOIN articles USING (number) WHERE title = 0 "
        "GROUP BY key HAVING count(DISTINCT topic) = 1"
    )
    db.execute("INSERT INTO names SELECT key, topic FROM keys JOIN articles USING (number) GROUP BY key, topic")
    db.execute("DROP TABLE keys")
    db.execute("CREATE INDEX by_name ON names (key)")
    db.execute("CREATE INDEX by_named ON names (topic)")
    db.execute("COMMIT")
    return Things(edition, db, file)


def _joined_by_keys(db: sqlite3.Connection) -> None:
    """Put articles together that share an identifier, or a title that no two articles of one source have."""
    above: dict[int, int] = {}

    def top(number: int) -> int:
        root = number
        while root in above:
            root = above[root]
        while number != root:  # so that no chain grows long
            above[number], number = root, above[number]
        return root

    rows = db.execute(
        "SELECT key, group_concat(number), max(title) FROM (SELECT key, number, source, title FROM keys "
        "JOIN articles USING (number) WHERE title < 2 ORDER BY key, number) GROUP BY key "
        "HAVING count(*) > 1 AND (max(title) = 0 OR count(DISTINCT source) = count(*)) ORDER BY key"
    )
    for _, numbers, _ in rows:
        first, *others = sorted({top(int(each)) for each in numbers.split(",")})
        above.update((other, first) for other in others)
    db.executemany(
        "UPDATE articles SET topic = (SELECT topic FROM articles WHERE number = ?) WHERE number = ?",
        [(top(number), number) for number in sorted(above)],
    )


def _keys(article: Article) -> list[tuple[str, int]]:
    """(key, 0 for an identifier, 1 for the title, 2 for another name)."""
    found = [(each, 0) for each in article.identifiers]
    found.append((_key(article.title), 1))
    found += [(_key(alias.title), 2) for alias in article.aliases[:MOST_NAMES]]
    best: dict[str, int] = {}
    for key, title in found:
        best[key] = min(title, best.get(key, title))
    return sorted(best.items())


def _key(name: str) -> str:
    return loose_key(title_key(name[:LONGEST_THING]))
