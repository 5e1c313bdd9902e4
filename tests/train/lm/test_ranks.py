"""Ranks: who one is by torchrun's environment, and two of them that learn what one does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from galactica.encode.tensors import read_tensors
from galactica.errors import UsageError
from galactica.train.lm.ranks import Ranks, torchrun_ranks
from galactica.train.lm.training_lm import train_language_model

from .conftest import QUICK

WORDS = "--size nano --steps 6 --batch 2 --context 24 --held-back 0.1 --device cpu --precision float32 --threads 1"


def test_without_torchrun_there_is_one() -> None:
    assert torchrun_ranks({}) == torchrun_ranks({"RANK": "1"}) == Ranks(rank=0, world=1)
    assert torchrun_ranks({}).first


def test_torchrun_says_which_one_this_is() -> None:
    assert torchrun_ranks({"RANK": "3", "WORLD_SIZE": "8", "LOCAL_RANK": "1"}) == Ranks(rank=3, world=8, local=1)
    assert not torchrun_ranks({"RANK": "3", "WORLD_SIZE": "8"}).first


@pytest.mark.parametrize(
    ("rank", "world"), [("8", "8"), ("-1", "2"), ("0", "0"), ("a", "2"), ("0", "9999999"), ("", "")]
)
def test_what_cannot_be_is_refused(rank: str, world: str) -> None:
    with pytest.raises(UsageError):
        torchrun_ranks({"RANK": rank, "WORLD_SIZE": world})


@pytest.mark.slow
def test_two_ranks_learn_what_one_does(view_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("tokenizers")
    one = train_language_model(view_folder, tmp_path / "one", QUICK).path
    run = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "galactica"]
    done = subprocess.run(
        [*run, "train", "lm", str(view_folder), str(tmp_path / "two"), *WORDS.split(), "--no-trace", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads((tmp_path / "two" / "training.json").read_text())
    assert told["ranks"] == 2
    alone = json.loads((one / "training.json").read_text())
    losses = [[each["loss"] for each in training["curve"]] for training in (told, alone)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    ours, theirs = (read_tensors(each / "model.safetensors")[0] for each in (one, tmp_path / "two"))
    assert max(np.abs(ours[name] - theirs[name]).max() for name in ours) < 2e-3
    assert json.loads(done.stdout)["steps"] == 6, "one rank alone says what came of it"
