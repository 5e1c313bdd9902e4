"""Small editions that travel, of both versions of the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.spread.release.publishing import publish_edition

KEPT = Path(__file__).parent.parent / "compat"


@pytest.fixture(scope="session", params=["edition-v1", "edition-v2"])
def kept(request: pytest.FixtureRequest) -> Path:
    """An edition with a record in every table that its version has."""
    return KEPT / str(request.param)


@pytest.fixture(scope="session")
def newest() -> Path:
    """The same, of the version that is written today."""
    return KEPT / "edition-v2"


@pytest.fixture(scope="session")
def publication(newest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of it; not to be written to."""
    folder = tmp_path_factory.mktemp("published") / "pub"
    publish_edition(newest, folder, workers=0)
    return folder
