"""Whatever changes: a delta leads from the old edition to the new, and a chain, merged or not, from first to last."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.spread.delta.making import make_delta, merge_deltas
from tests.properties import examples
from tests.spread.delta.made import Made, article, statement, write_made
from tests.spread.delta.test_applying import applied

CONTENTS = st.dictionaries(st.integers(0, 40), st.integers(0, 3), min_size=1, max_size=41)
"""Number of an article → which of its texts it has."""

EXTRAS = st.tuples(
    st.dictionaries(st.integers(0, 5), st.integers(0, 2), max_size=5),
    st.dictionaries(st.sampled_from("pqr"), st.integers(0, 3), max_size=3),
)
"""Number of a statement → its value; name of a picture → which it is."""


def edition(contents: dict[int, int], extras: tuple[dict[int, int], dict[str, int]], number: int) -> Made:
    bodies = {n: f"<p>Number {n} has text {which}, and {'more ' * which}of it.</p>" for n, which in contents.items()}
    return Made(
        articles=tuple(article(n, body=body) for n, body in bodies.items()),
        statements=tuple(statement(n, str(value)) for n, value in extras[0].items()),
        files={name: bytes([which]) * 40 for name, which in extras[1].items()},
        number=number,
        title=f"Number {number}",
    )


@examples(12)
@given(st.lists(st.tuples(CONTENTS, EXTRAS), min_size=3, max_size=3))
def test_any_edition_leads_to_any_later_one(
    line: list[tuple[dict[int, int], tuple[dict[int, int], dict[str, int]]]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        roots = [
            write_made(folder / str(at), edition(*each, number=at + 1), indexed=at == 0) for at, each in enumerate(line)
        ]
        for at in (0, 1):
            with (folder / f"{at}.delta").open("wb") as out:
                make_delta(folder / str(at), folder / str(at + 1), out)
        assert applied(folder / "0", folder / "one", folder / "0.delta") == roots[1]
        assert verify_edition(folder / "one").problems == ()
        assert applied(folder / "one", folder / "two", folder / "1.delta") == roots[2]
        assert applied(folder / "0", folder / "both", folder / "0.delta", folder / "1.delta") == roots[2]
        for name in ("two", "both"):
            assert verify_edition(folder / name).problems == ()
        merged, direct = io.BytesIO(), io.BytesIO()
        merge_deltas(folder / "0", [folder / "0.delta", folder / "1.delta"], merged)
        make_delta(folder / "0", folder / "2", direct)
        assert merged.getvalue() == direct.getvalue()
        with Edition.open(folder / "both") as made, Edition.open(folder / "2") as wanted:
            assert {a.path: a for _, a in made.scan()} == {a.path: a for _, a in wanted.scan()}
            pictures = [{name: each.media.read("k", name) for name in "pqr"} for each in (made, wanted)]
            assert pictures[0] == pictures[1]


def test_changes_of_the_edition_alone_are_a_delta_of_a_few_bytes(tmp_path: Path) -> None:
    first = edition({1: 0, 2: 0}, ({}, {}), 1)
    write_made(tmp_path / "a", first)
    root = write_made(tmp_path / "b", replace(first, title="Another title", number=2), indexed=False)
    with (tmp_path / "d").open("wb") as out:
        made = make_delta(tmp_path / "a", tmp_path / "b", out)
    assert made.changes == ()
    assert made.bytes < 400
    assert applied(tmp_path / "a", tmp_path / "out", tmp_path / "d") == root
    assert verify_edition(tmp_path / "out").problems == ()
