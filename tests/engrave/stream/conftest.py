from __future__ import annotations

from pathlib import Path

import pytest

from galactica.engrave.stream.engraving import Engraving
from tests.engrave.stream.made import build, engraved


@pytest.fixture(scope="package")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four articles of two sources; only read."""
    return build(tmp_path_factory.mktemp("engraved"))


@pytest.fixture(scope="package")
def engraving(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    """All of it on six data sheets and two of parity; only read."""
    return engraved(edition, tmp_path_factory.mktemp("set") / "set")
