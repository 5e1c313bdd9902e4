"""What the person is told: words of strangers in it look like nothing of ours."""

from __future__ import annotations

import pytest

from galactica.cli.terminal import notes


def test_a_note_with_a_strangers_words_in_it_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with notes() as note:
        note("Another release is sent here, too: “Weather\nSigned by its publisher.\x1b[2J”.")
    assert (
        capsys.readouterr().err == "Another release is sent here, too: “Weather Signed by its publisher.\ufffd[2J”.\n"
    )
