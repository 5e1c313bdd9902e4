"""An edition large enough to arrive in parts, published."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from galactica import library
from galactica.spread.release.publishing import publish_edition


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of 180 articles, in several packs."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "notes").mkdir()
    for i in range(180):
        words = hashlib.shake_128(b"%d" % i).digest(4500).hex()
        text = " ".join(words[at : at + 8] for at in range(0, len(words), 8))
        (folder / "notes" / f"{i:03d}.txt").write_text(f"Thing {i}\n\nThe thing number {i} is called rain. {text}.\n")
    library.build(folder / "many.edition", [str(folder / "notes")], workers=0, meaning=False, title="Many things")
    return folder / "many.edition"


@pytest.fixture(scope="session")
def published_many(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of it; not to be written to."""
    folder = tmp_path_factory.mktemp("sent") / "pub"
    publish_edition(many, folder, workers=0)
    return folder
