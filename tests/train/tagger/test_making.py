"""A head from articles to its file and card; needs the extras train and ask."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from galactica.claims.tagging.head import open_head
from galactica.train.tagger.learning import TaggerPlan
from galactica.train.tagger.making import train_tagger
from tests.train.conftest import edition

PEOPLE = {
    f"Person {letter}": f"Person {letter} (born 3 May 19{10 + n}) is a painter. The house has 1,200 books."
    for n, letter in enumerate(
        "Amber Birch Cedar Delta Ember Fjord Glade Heron Inlet Jetty Kelp Larch Maple Osprey".split()
    )
}
PLAN = TaggerPlan(hidden=4, epochs=1, again=1)


class StoppedError(Exception):
    pass


def test_stopped_and_asked_for_otherwise_it_uses_nothing_of_what_was_read(tmp_path: Path) -> None:
    people = edition(tmp_path / "made", PEOPLE)
    out, titles = tmp_path / "tagger.safetensors", tmp_path / "titles.txt"
    titles.write_text("Person Amber\n", encoding="utf-8")

    def stop(line: str) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        train_tagger(out, [people], plan=PLAN, tell=stop)
    held = train_tagger(out, [people], hold_out=[titles], plan=PLAN)
    assert held.positives == len(PEOPLE) - 1
    assert open_head(out).names == ("date_of_birth",)
    assert (held.judged, held.claimed) == (0, 0)
    assert "Nobody judged it" in held.card.read_text("utf-8")
