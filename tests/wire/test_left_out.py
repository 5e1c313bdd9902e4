"""Each reason for which something is left out is told in words, to programs and on the pages."""

from __future__ import annotations

import pytest

from galactica.library import LeftOut
from galactica.web.reasons import REASONS
from galactica.wire.left_out import KEPT, WHY, why_left_out


def test_the_command_line_and_the_site_know_the_same_reasons():
    assert WHY.keys() - {KEPT} == REASONS.keys()


@pytest.mark.parametrize("reason", sorted(WHY))
def test_every_reason_is_told_whatever_the_thing_is_called(reason):
    assert why_left_out(LeftOut(kind="", reason=reason, count=2))
    assert why_left_out(LeftOut(kind="PDF document", reason=reason, count=2)) == WHY[reason]


def test_kinds_of_files_may_have_a_reason_of_their_own():
    book = why_left_out(LeftOut(kind="EPUB book", reason="unsupported", count=1))
    assert book.startswith("style sheets"), "nobody turns a book's style sheet into text"
    table = why_left_out(LeftOut(kind="table", reason="unsupported", count=1))
    assert "--column" in table
    assert table != WHY["unsupported"]


def test_a_reason_of_a_later_version_has_no_words():
    assert why_left_out(LeftOut(kind="table", reason="too-blue", count=1)) == ""
