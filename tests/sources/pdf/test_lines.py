"""Small letters beside larger ones belong to their line, however near the next one is."""

from __future__ import annotations

from pathlib import Path

from galactica.model import Document
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from tests.sources.pdf.made import pdf, shown


def test_an_index_and_the_power_below_it_stay_with_their_own_lines(tmp_path: Path) -> None:
    above = (
        shown("Give H", 72, 700)
        + shown("2", 103.5, 696, size=8)
        + shown("O to drink, and rest for two days.", 108, 700)
    )
    below = (
        shown("The load was 10", 72, 688) + shown("5", 145, 693, size=8) + shown("N and more on that day.", 152, 688)
    )
    path = tmp_path / "load.pdf"
    path.write_bytes(pdf([above + below]))
    with open_source(path, SourceOptions()) as source:
        text = "".join(item.content for item in source.read() if isinstance(item, Document))
    assert "Give H<sub>2</sub>" in text
    assert "10<sup>5 </sup>N" in text
