"""What holds for every test: no test touches the person's own shelf, settings or state, and properties are tried alike.

Properties (hypothesis) are tried on the same examples every time, without a limit in milliseconds: a run says the same
on any machine, however busy. `--deep`, or HYPOTHESIS_PROFILE=deep in the environment, tries many more, drawn anew.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.properties import DEEP, DEEPER, EXAMPLES, QUICK

settings.register_profile(QUICK, derandomize=True, deadline=None, database=None, max_examples=EXAMPLES)
settings.register_profile(DEEP, deadline=None, max_examples=EXAMPLES * DEEPER, print_blob=True)
os.environ["LANGUAGE"] = "en"  # the program's sentences are looked for in English, whatever the person's language
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", QUICK))

_NUMBERS = itertools.count()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption("--slow", action="store_true", help="run the tests that are marked slow, too")
    parser.addoption("--deep", action="store_true", help="try properties on many more examples, drawn anew each time")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is read: some say how many examples they take when they are imported."""
    if config.getoption("--deep"):
        settings.load_profile(DEEP)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pass over slow tests unless they are asked for."""
    if not config.getoption("--slow"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow; run with --slow"))


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the platform folders of all tests lie."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_folders(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fresh platform folders for each test; nothing is made on the disk until something is kept there."""
    home = homes / str(next(_NUMBERS))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("GALACTICA_SHELF", "GALACTICA_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return home
