from __future__ import annotations

from pathlib import Path

import pytest

from tests.preserve.made import build_edition, volumes_of


@pytest.fixture(scope="package")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only read."""
    return build_edition(tmp_path_factory.mktemp("preserve"))


@pytest.fixture(scope="package")
def volumes(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Five data volumes and two of parity, only read."""
    return volumes_of(edition, tmp_path_factory.mktemp("volumes")).folders
