"""Sheets that are missing: made good within the bound, whichever they are; beyond it, what is there is read."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from galactica.engrave.stream.engraving import Engraving
from tests.engrave.stream.made import build, engraved, kept, read_back, records_in


def articles_of(engraving: Engraving, sheets: set[int], folder: Path):
    mended, contents, records = read_back(kept(engraving, sheets, folder))
    return mended, contents, {each.raw for each in records if each.table == "articles" and each.proved}


def test_any_sheets_within_the_bound_may_be_missing(edition: Path, engraving: Engraving, tmp_path: Path) -> None:
    plan = engraving.plan
    assert (plan.data, plan.groups, plan.parity) == (6, 1, 2)
    whole = set(records_in(edition).values())
    payloads = [engraving.payload(number) for number in range(plan.data)]
    for missing in itertools.chain.from_iterable(itertools.combinations(range(8), lost) for lost in range(3)):
        mended, contents, articles = articles_of(engraving, set(range(8)) - set(missing), tmp_path / "kept")
        assert articles == whole, missing
        assert (mended.made, mended.lost) == (tuple(n for n in missing if n < 6), ())
        assert contents.complete
        for number, payload in enumerate(payloads):
            made = mended.payload(number)
            assert made is not None
            assert made[: len(payload)] == payload
            assert not any(made[len(payload) :])


def test_with_one_more_missing_what_is_there_is_read_and_what_is_not_is_known(
    edition: Path, engraving: Engraving, tmp_path: Path
) -> None:
    whole = records_in(edition)
    unknown = 0
    for missing in itertools.combinations(range(8), 3):
        mended, contents, records = read_back(kept(engraving, set(range(8)) - set(missing), tmp_path / "kept"))
        lost = tuple(number for number in missing if number < 6)
        assert (mended.made, mended.lost) == ((), lost)
        articles = {each.raw: each for each in records if each.table == "articles"}
        assert set(articles) <= set(whole.values())
        assert len(articles) == len(whole) - sum(engraving.sheets[number].articles for number in lost)
        if contents.complete:
            here = {each.index for each in articles.values()}
            gone = {each.title for each in contents.listed if each.index not in here}
            assert gone == {title for title, raw in whole.items() if raw not in articles}
        else:
            unknown += 1
            assert 0 in lost
        known = contents.edition is not None and contents.nodes["articles"].complete
        assert all(each.proved == known for each in articles.values())
    assert unknown <= 6  # the list is on the first sheet and the last


@pytest.mark.parametrize("seed", range(3))
def test_sheets_of_several_groups_are_made_good_whichever_of_each_are_missing(
    edition: Path, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("galactica.engrave.stream.grouped.GROUP_SHEETS", 4)
    engraving = engraved(edition, tmp_path / "set")
    plan = engraving.plan
    assert (plan.data, plan.groups, plan.parity) == (6, 2, 1)
    drawn = random.Random(seed)
    missing = {
        drawn.choice([n for n in range(plan.sheets) if plan.place_of(n)[0] == group]) for group in range(plan.groups)
    }
    mended, _, articles = articles_of(engraving, set(range(plan.sheets)) - missing, tmp_path / "kept")
    assert articles == set(records_in(edition).values())
    assert mended.lost == ()


def test_an_article_that_no_sheet_holds_is_cut_and_put_together(tmp_path: Path) -> None:
    edition = build(tmp_path, longest=2000)
    engraving = engraved(edition, tmp_path / "set")
    parity = {n for n in range(engraving.plan.sheets) if n >= engraving.plan.data}
    _, _, articles = articles_of(engraving, set(range(engraving.plan.data)), tmp_path / "kept")
    assert articles == set(records_in(edition).values())
    _, _, fewer = articles_of(engraving, set(range(1, engraving.plan.sheets)) - parity, tmp_path / "kept")
    assert fewer < articles


def test_where_only_first_places_of_groups_are_there_they_are_read(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("galactica.engrave.stream.grouped.GROUP_SHEETS", 4)
    engraving = engraved(edition, tmp_path / "set")
    _, contents, articles = articles_of(engraving, {0, 1}, tmp_path / "kept")
    assert contents.edition is not None
    assert len(articles) == sum(sheet.articles for sheet in engraving.sheets[:2])
