"""Training from a view to a model: the same weights each time, however often it was killed; and what is refused."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from galactica.errors import InputError, UsageError
from galactica.train.lm.again import wish_again
from galactica.train.lm.model import open_model
from galactica.train.lm.training_lm import TrainedModel, train_language_model
from galactica.train.lm.wish import TrainingWish
from galactica.train.loading.vocabulary import VocabularyError

from .conftest import QUICK

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")
devices = pytest.importorskip("galactica.train.lm.devices")
learning = pytest.importorskip("galactica.train.lm.learning")
running = pytest.importorskip("galactica.train.lm.running")


class KilledError(Exception):
    """The process ends here."""


def trained(view: Path, out: Path, wish: TrainingWish = QUICK, **more: Any) -> TrainedModel:
    return train_language_model(view, out, wish, **more)


def weights(out: Path) -> bytes:
    return (out / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def made(view_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of `QUICK`."""
    return trained(view_folder, tmp_path_factory.mktemp("made") / "m").path


def test_a_model_is_whole_and_says_how_it_was_made(made: Path, view_folder: Path) -> None:
    assert sorted(each.name for each in made.iterdir()) == [
        "card.md",
        "config.json",
        "generation_config.json",
        "loss.png",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
        "training.json",
    ]
    told = json.loads((made / "training.json").read_text())
    header = json.loads((view_folder / "view.json").read_text())
    card = (made / "card.md").read_text()
    assert told["view"]["editions"] == header["editions"]
    for said in (header["editions"][0]["root"], told["view"]["hash"], "CC-BY-SA-4.0", "--steps 6 --seed 0"):
        assert said in card
    assert (told["steps"], told["tokens"]) == (6, 6 * 2 * 24)
    assert told["held_back"]["bits"] > 0
    assert [each["steps"] for each in told["curve"]] == [1, 2, 3, 4, 5, 6]
    assert len(told["samples"]) == 2 + min(4, told["view"]["held"])
    assert not made.with_name("m.training").exists()
    assert str(made.parent) not in card + json.dumps(told)


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(
    made: Path, view_folder: Path, tmp_path: Path
) -> None:
    assert weights(trained(view_folder, tmp_path / "again").path) == weights(made)
    assert weights(trained(view_folder, tmp_path / "other", replace(QUICK, seed=1)).path) != weights(made)


def killed(monkeypatch: pytest.MonkeyPatch, view: Path, out: Path, after: int) -> None:
    """Train, keeping the state after each step, and die after so many."""
    step, left = learning.LanguageLearner.step, [after]

    def dying(self: Any, *args: Any, **more: Any) -> Any:
        if not left[0]:
            raise KilledError
        left[0] -= 1
        return step(self, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(learning.LanguageLearner, "step", dying)
        patch.setattr(running, "KEPT_EVERY", -1.0)
        patch.setattr(running, "KEPT_SHARE", 0.0)
        with pytest.raises(KilledError):
            trained(view, out)


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_training_that_was_killed_goes_on_to_the_same_weights(
    made: Path, view_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    killed(monkeypatch, view_folder, tmp_path / "m", after)
    said: list[str] = []
    trained(view_folder, tmp_path / "m", replace(QUICK, resume=True), tell=said.append)
    assert weights(tmp_path / "m") == weights(made)
    assert f"Goes on after {after} steps." in said
    told = json.loads((tmp_path / "m" / "training.json").read_text())
    assert [each["loss"] for each in told["curve"]] == [
        each["loss"] for each in json.loads((made / "training.json").read_text())["curve"]
    ]


def test_with_batches_made_ahead_as_beside_a_gpu_it_learns_and_goes_on_the_same(
    made: Path, view_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way of a GPU, gone by a device that is a processor under another name."""
    monkeypatch.setattr(devices, "chosen_device", lambda *_: "cpu:0")
    killed(monkeypatch, view_folder, tmp_path / "m", 3)
    trained(view_folder, tmp_path / "m", replace(QUICK, resume=True))
    assert weights(tmp_path / "m") == weights(made)
    ours, theirs = (json.loads((each / "training.json").read_text()) for each in (tmp_path / "m", made))
    for what in ("epochs", "tokens", "steps"):
        assert ours[what] == theirs[what]
    assert [each["text"] for each in ours["samples"]] == [each["text"] for each in theirs["samples"]]
    assert not any(each.name == "batches ahead" for each in threading.enumerate())


def test_a_signal_ends_it_after_the_step_with_its_state_kept(
    made: Path, view_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = learning.LanguageLearner.step
    taken: list[int] = []

    def signalled(self: Any, *args: Any, **more: Any) -> Any:
        if len(taken) == 1:
            os.kill(os.getpid(), signal.SIGINT)
        taken.append(1)
        return step(self, *args, **more)

    monkeypatch.setattr(learning.LanguageLearner, "step", signalled)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        trained(view_folder, tmp_path / "m")
    assert signal.getsignal(signal.SIGINT) is before
    assert len(taken) == 2
    monkeypatch.undo()
    trained(view_folder, tmp_path / "m", replace(QUICK, resume=True))
    assert weights(tmp_path / "m") == weights(made)


def test_it_is_done_again_to_the_letter_from_what_the_model_says(made: Path, view_folder: Path, tmp_path: Path) -> None:
    trained(view_folder, tmp_path / "m", wish_again(made, "cpu"))
    assert weights(tmp_path / "m") == weights(made)


def test_a_time_ends_it_with_the_rate_at_nothing(view_folder: Path, tmp_path: Path) -> None:
    out = trained(view_folder, tmp_path / "m", replace(QUICK, steps=None, minutes=0.02)).path
    told = json.loads((out / "training.json").read_text())
    assert told["corners"][-1] == [told["steps"], 0.0]
    trained(view_folder, tmp_path / "again", wish_again(out, "cpu"))
    assert weights(tmp_path / "again") == weights(out)


def test_a_state_of_another_training_is_not_gone_on_from_unless_it_is_thrown_away(
    made: Path, view_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "m"
    with pytest.raises(UsageError, match="No state is kept"):
        trained(view_folder, out, replace(QUICK, resume=True))
    with pytest.raises(UsageError, match="cannot go on and begin anew"):
        trained(view_folder, out, replace(QUICK, resume=True, anew=True))
    killed(monkeypatch, view_folder, out, 4)
    with pytest.raises(UsageError, match="ends after 6 steps, not 9"):
        trained(view_folder, out, replace(QUICK, steps=9))
    with pytest.raises(UsageError, match="another training"):
        trained(view_folder, out, replace(QUICK, seed=1))
    (out.with_name("m.training") / "state" / "state.json").write_text("{}")
    (out.with_name("m.training") / "state" / "before.json").write_text("{}")
    with pytest.raises(InputError, match="damaged"):
        trained(view_folder, out)
    trained(view_folder, out, replace(QUICK, anew=True))
    assert weights(out) == weights(made)


def test_more_steps_are_gone_on_to_while_the_rate_has_not_begun_to_fall(
    view_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = replace(QUICK, steps=8)
    one = trained(view_folder, tmp_path / "one", longer).path
    killed(monkeypatch, view_folder, tmp_path / "m", 3)
    trained(view_folder, tmp_path / "m", longer)
    assert weights(tmp_path / "m") == weights(one)


def test_what_is_set_in_torch_for_training_is_as_before_behind_it(made: Path) -> None:
    assert not torch.are_deterministic_algorithms_enabled()


def test_what_is_there_is_not_written_over(made: Path, view_folder: Path) -> None:
    with pytest.raises(UsageError, match="there already"):
        trained(view_folder, made)


@pytest.mark.parametrize(
    "changes",
    [
        {"size": "giant"},
        {"steps": 0},
        {"minutes": 0.0},
        {"minutes": float("nan")},
        {"held": 0.9},
        {"rate": -1.0},
        {"rate": float("inf")},
        {"context": 4},
        {"batch": 0},
        {"seed": -1},
        {"device": "tpu"},
        {"device": "cpu:1"},
        {"precision": "int1"},
        {"threads": 0},
    ],
)
def test_wishes_out_of_range_are_refused(view_folder: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        trained(view_folder, tmp_path / "m", replace(QUICK, **changes))
    assert not (tmp_path / "m").exists()


def test_a_context_longer_than_the_view_is_refused(view_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tokens"):
        trained(view_folder, tmp_path / "m", replace(QUICK, context=200_000))


def test_no_view_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="view"):
        trained(tmp_path / "none.view", tmp_path / "m")


def test_a_rate_with_which_it_goes_astray_is_an_error_and_no_model(
    view_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = learning.LanguageLearner.step
    monkeypatch.setattr(
        learning.LanguageLearner, "step", lambda self, *a, **k: replace(step(self, *a, **k), loss=float("nan"))
    )
    with pytest.raises(UsageError, match="astray"):
        trained(view_folder, tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_a_tokenizer_that_the_model_was_not_made_with_is_refused(made: Path, tokenizer: Path) -> None:
    raw = (made / "tokenizer.json").read_text()
    changed = json.loads(raw)
    changed["model"]["merges"] = changed["model"]["merges"][:-1]
    try:
        (made / "tokenizer.json").write_text(json.dumps(changed))
        with pytest.raises((VocabularyError, InputError)):
            open_model(made)
    finally:
        (made / "tokenizer.json").write_text(raw)
    assert open_model(made).training["steps"] == 6


def test_it_learns(view_folder: Path, tmp_path: Path) -> None:
    out = trained(view_folder, tmp_path / "m", replace(QUICK, steps=60, context=64, batch=4)).path
    told = json.loads((out / "training.json").read_text())
    assert told["curve"][-1]["loss"] < 0.75 * told["curve"][0]["loss"]
    held = [each["held"] for each in told["curve"] if each["held"] is not None]
    assert held[-1] < 0.75 * held[0]
