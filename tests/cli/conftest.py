"""A library that is made up, small and hostile, in the place of the real one; and a way to call the program."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import galactica
import galactica.mcp
import galactica.web  # before the library below stands in for the real one
from galactica.cli import run
from galactica.collection.report import EditionReport
from galactica.collection.statements import StatedElsewhere
from galactica.edition.info import LeftOut
from galactica.errors import UsageError
from galactica.library.encoders import list_encoders
from galactica.library.models import chosen_model, model_at, try_model
from galactica.library.settings import Settings
from galactica.model import Alias, Article, Hit, Passage, Source, Suggestion
from galactica.progress import Report

ROOT = "ab" * 32
SOURCE = Source(key="notes", title="My notes", format="text", language="en", licence="CC0-1.0", date="2026-01-02")
EVIL = "Rain\x1b]0;owned\x07\x9b31m"
ARTICLE = Article(
    id=bytes(range(16)),
    title=EVIL,
    language="en",
    aliases=(Alias(title="Drizzle"),),
    body="<p>Water that <b>falls</b>\x1b[2J.</p>",
    categories=("Weather",),
    source="notes",
    path="rain.txt",
)


def hit(**changes: object) -> Hit:
    fields: dict[str, object] = {
        "edition": ROOT,
        "id": ARTICLE.id,
        "title": EVIL,
        "language": "en",
        "source": "notes",
        "path": "rain.txt",
        "url": "",
        "licence": "CC0-1.0",
        "date": "2026-01-02",
        "score": 3.5,
        "passage": 0,
        "start": 0,
        "end": 10,
        "snippet": "Water\x1b that falls",
        "marks": ((12, 17),),
        "exact": True,
    }
    return Hit(**{**fields, **changes})  # type: ignore[arg-type]


INFO = SimpleNamespace(
    title="Weather",
    root=ROOT,
    format_version=1,
    parent="",
    articles=1,
    passages=1,
    rejected=2,
    media=0,
    aliases=1,
    number=3,
    works=0,
    statements=0,
    languages=(("en", 1),),
    sources=(SOURCE,),
    licences=("CC0-1.0",),
    bytes=12345,
    only_bycatch=False,
    damaged=0,
    left_out=(
        LeftOut(kind="PDF document", reason="unsupported", count=14, example="a\x1b.pdf"),
        LeftOut(kind="", reason="new-reason", count=1),
    ),
    meaning=None,
    partial=None,
)


class FakeEdition:
    root = ROOT
    path = Path("weather.edition")
    info = INFO

    def __len__(self) -> int:
        return 1

    def source(self, key: str) -> Source:
        return SOURCE

    def article(self, row: int) -> Article:
        return ARTICLE

    def head(self, row: int) -> SimpleNamespace:
        return SimpleNamespace(
            row=row, id=ARTICLE.id, title=EVIL, language="en", source="notes", path="rain.txt", url="", modified=""
        )

    def passages(self, row: int) -> tuple[Passage, ...]:
        return (Passage(number=0, start=0, end=5),)


class FakeLibrary:
    editions = (FakeEdition(),)
    hits: tuple[Hit, ...] = (hit(),)

    def __enter__(self) -> FakeLibrary:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def search(self, query: str, **options: object) -> SimpleNamespace:
        return SimpleNamespace(query=query, hits=self.hits, total=len(self.hits), corrected="", notes=("a note",))

    def source_title(self, root: str, key: str) -> str:
        return self.editions[0].source(key).title

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        return (
            Suggestion(
                edition=ROOT,
                id=ARTICLE.id,
                title="Rain",
                matched="Drizzle",
                language="en",
                source="notes",
                path="rain.txt",
                typos=1,
            ),
        )

    def stated(self, edition: object, row: int) -> StatedElsewhere:
        return StatedElsewhere()

    def work_named(self, title: str) -> None:
        return None

    def find(self, name: str) -> tuple[FakeEdition, int] | None:
        return (self.editions[0], 0) if name.lower() in ("rain", "drizzle", ARTICLE.id.hex()) else None

    def namesakes(self, title: str) -> list[tuple[FakeEdition, int]]:
        found = self.find(title)
        return [found] if found is not None else []

    def titles(self, edition: object, *, start: str = "", limit: int = 100) -> tuple[SimpleNamespace, ...]:
        return (SimpleNamespace(title=EVIL, row=0),)


class FakeShelf:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def default(cls) -> FakeShelf:
        return cls(Path("no-such-shelf"))

    def editions(self) -> tuple[Path, ...]:
        return tuple(sorted(self.folder.glob("*.edition")))

    def current(self) -> tuple[Path, ...]:
        return self.editions()

    def replaced(self) -> dict[Path, Path]:
        return {}

    def add(self, path: Path) -> Path:
        (self.folder / path.name).mkdir()
        return self.folder / path.name

    def remove(self, name: str) -> None:
        if not (self.folder / name).exists():
            raise UsageError(f"There is no {name} on the shelf.", "See galactica shelf ls.")
        (self.folder / name).rmdir()


@dataclass
class Made:
    """The made-up library module; tests change its functions."""

    module: ModuleType = field(default_factory=lambda: ModuleType("galactica.library"))
    calls: list[tuple[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        def build(out: Path, sources: list[str], *, report: Report, **options: object) -> SimpleNamespace:
            self.calls.append(("build", (out, sources, options)))
            report("read", 1, 2, "B")
            report("index", 1, None, "articles")
            return INFO

        change = SimpleNamespace(id=ARTICLE.id, title=EVIL, language="en", source="notes", path="rain.txt")
        for name, value in {
            "build": build,
            "info": lambda path: INFO,
            "edition_report": lambda edition: EditionReport(root=ROOT, title="Notes", kinds=()),
            "verify": lambda path, report: SimpleNamespace(ok=True, problems=(), root=ROOT, articles=1, files=3),
            "diff": lambda a, b: SimpleNamespace(roots=(ROOT, ROOT), same=4, added=(change,), removed=(), changed=()),
            "index": lambda path, **options: self.calls.append(("index", (path, options))),
            "known": lambda path: None,
            "export": lambda path, out, **_: SimpleNamespace(bytes=out.write_bytes(b"12345")),
            "open_library": lambda paths: FakeLibrary(),
            "warm": lambda: None,
            "Shelf": FakeShelf,
            "Settings": Settings,
            "list_encoders": list_encoders,
            "model_at": model_at,
            "chosen_model": chosen_model,
            "try_model": try_model,
            "Library": FakeLibrary,
        }.items():
            setattr(self.module, name, value)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    for name in ("GALACTICA_SHELF", "GALACTICA_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    fake = Made()
    monkeypatch.setitem(sys.modules, "galactica.library", fake.module)
    monkeypatch.setattr(galactica, "library", fake.module, raising=False)
    return fake


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document


def call(*arguments: str) -> Said:
    """Run the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return Said(code, out.getvalue(), err.getvalue())


@pytest.fixture
def edition(tmp_path: Path) -> str:
    folder = tmp_path / "my [wéather] 星.edition"
    folder.mkdir()
    return str(folder)
