"""The card of a model: what it tells, whatever stands in the names."""

from __future__ import annotations

from typing import Any

from galactica.train.lm.keeping import LossPoint
from galactica.train.lm.lm_card import command_of, lm_card
from galactica.train.lm.loss_picture import loss_png
from galactica.train.lm.plan import language_plan

POINTS = [
    LossPoint(
        steps=n, tokens=4096 * n, seconds=n, loss=8.0 / n, rate=0.1, norm=1.0, held=3.0 / n if n % 3 == 1 else None
    )
    for n in range(1, 12)
]


def told(**more: Any) -> dict[str, Any]:
    source = {
        "title": "A `wiki` | of <tests>",
        "publisher": "The testers",
        "date": "2024",
        "licence": "CC-BY-SA-4.0",
        "url": "https://wiki.example/",
        "attribution": "Text by\nthe authors.",
    }
    return {
        "name": "lights",
        "program": "galactica 0",
        "torch": "2",
        "plan": language_plan("nano", vocabulary=512).written(),
        "parameters": 1_234_567,
        "tokenizer_given": False,
        "view": {
            "name": "my lights.view",
            "hash": "ab" * 32,
            "documents": 1200,
            "bytes": 3_400_000,
            "held": 12,
            "editions": [{"root": "cd" * 32, "title": "Lights | all"}],
        },
        "licences": [{"name": "CC-BY-SA-4.0", "documents": 1200, "asks": ["Name the source."]}],
        "sources": [source],
        "steps": 100,
        "tokens": 409_600,
        "epochs": 1.25,
        "replayed": False,
        "seconds": 61.0,
        "tokens_per_second": 6714.8,
        "mfu": None,
        "device": "cpu",
        "threads": 2,
        "ranks": 1,
        "held_back": {
            "documents": 12,
            "bytes": 34_000,
            "bits": 2.125,
            "beside": [{"name": "gzip -9", "bits": 2.9}],
        },
        "samples": [{"prompt": "", "text": "``` a fence\x1b and ` one", "ended": "end", "spans": None}],
        "command": "galactica train lm …",
    } | more


def test_a_card_tells_of_what_it_was_made_on_what_terms_and_how() -> None:
    card = lm_card(told())
    for said in (
        "1.23 million parameters",
        "cd" * 32,
        "ab" * 32,
        "CC-BY-SA-4.0 (1,200 documents): Name the source.",
        "The testers",
        "Text by the authors.",
        "| this model | 2.125 |",
        "| gzip -9 | 2.900 |",
        "61 s, 6,715 tokens/s",
        "## Limits",
    ):
        assert said in card


def test_nothing_in_a_name_or_a_sample_breaks_out_of_its_place() -> None:
    card = lm_card(told())
    assert "Lights \\| all" in card
    assert "\\<tests\\>" in card
    assert card.count("```") % 2 == 0
    assert "\x1b" not in card
    assert "``` a fence" not in card


def test_what_was_not_measured_is_said() -> None:
    assert "no text was held back" in lm_card(told(held_back=None))
    assert "of what the device can compute" in lm_card(told(mfu=0.41))


def test_the_command_says_every_setting_or_names_the_model_whose_corners_it_needs() -> None:
    plain = command_of(told(), "my lights.view", "out")
    assert plain.startswith("galactica train lm 'my lights.view' out --size nano")
    for option in ("--steps 100", "--seed 0", "--rate 0.004", "--held-back 0.01", "--precision float32", "--threads 2"):
        assert option in plain
    assert command_of(told(replayed=True), "v.view", "out") == "galactica train lm v.view out-again --again out"
    assert "--device cuda" in command_of(told(device="cuda"), "v.view", "out")


def test_the_curve_is_a_picture_the_same_each_time() -> None:
    picture = loss_png("lights ☀", POINTS)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture == loss_png("lights ☀", POINTS)
    assert picture != loss_png("lights ☀", POINTS[:-1])
    assert loss_png("one", POINTS[:1]).startswith(b"\x89PNG")
