"""Words of commands that a person can paste."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.hints import word
from tests.properties import examples


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("wiki.edition", "wiki.edition"),
        ("/srv/my wiki.edition", "'/srv/my wiki.edition'"),
        ("it's.edition", "'it'\"'\"'s.edition'"),
        ("-x.edition", "./-x.edition"),
        ("维基.edition", "'维基.edition'"),
        ("two\nlines", "$'two\\012lines'"),
        ("", "''"),
    ],
)
def test_a_name_is_quoted_where_it_must_be(name: str, right: str) -> None:
    assert word(name) == right


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash to ask")
@examples(30)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=20
    )
)
def test_a_shell_reads_back_what_was_meant(names: list[str]) -> None:
    script = "printf '%s\\0' " + " ".join(map(word, names))
    said = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"})
    meant = [f"./{name}" if name.startswith("-") else name for name in names]
    assert said.stdout.decode().split("\0")[:-1] == meant
