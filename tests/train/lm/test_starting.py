"""What is said where PyTorch is not there, and where a model may be put."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from galactica.errors import MissingError, UsageError
from galactica.train.lm.starting import check_model_place

WITHOUT = """
import importlib.util, sys
sys.modules["torch"] = None
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "torch" else found(name, *more)
from pathlib import Path
from galactica import library
from galactica.errors import MissingError
try:
    library.train_lm(Path("none.view"), Path("out"))
except MissingError as error:
    print(error.told)
import galactica.train.lm.evaluating_lm, galactica.train.lm.generating, galactica.wire.language_models
"""


def test_without_pytorch_what_is_missing_is_said_and_all_else_loads() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "galactica[train" in done.stdout


def test_a_model_is_put_where_nothing_is(tmp_path: Path) -> None:
    check_model_place(tmp_path / "new")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for there in (tmp_path, tmp_path / "link"):
        with pytest.raises(UsageError):
            check_model_place(there)
    with pytest.raises(MissingError):
        check_model_place(tmp_path / "none" / "new")
    with pytest.raises(UsageError):
        check_model_place(Path(".."))
