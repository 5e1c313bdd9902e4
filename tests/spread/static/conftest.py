from pathlib import Path

import pytest

from tests.spread.static.made import MemoryFiles, build_edition, lay_out, lay_out_finely


@pytest.fixture(scope="session")
def waters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of ten articles in five languages."""
    return build_edition(tmp_path_factory.mktemp("waters"))


@pytest.fixture(scope="session")
def laid_out(waters: Path) -> Path:
    """The same as a static edition."""
    return lay_out(waters, waters.parent / "static")


@pytest.fixture
def files(laid_out: Path) -> MemoryFiles:
    """A server that has it."""
    return MemoryFiles.of(laid_out)


@pytest.fixture(scope="session")
def things(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of forty articles of the same words, laid out in very small blocks."""
    folder = tmp_path_factory.mktemp("things")
    rows = tuple(
        {
            "path": f"p{n}",
            "title": f"Thing {n}",
            "language": "en",
            "body": f"<p>Number {n} of {'many ' * (n % 7 + 1)}things, such as {'stones' if n % 2 else 'trees'}.</p>",
        }
        for n in range(40)
    )
    with pytest.MonkeyPatch.context() as patch:
        return lay_out_finely(build_edition(folder, rows), folder / "static", patch)
