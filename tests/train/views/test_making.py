"""What a view takes and leaves out, with a reason for each, and what its card tells."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from galactica.edition import Edition
from galactica.errors import InputError, LimitError, MissingError, StepMissingError, UsageError
from galactica.joining.duplicates.making import make_duplicates
from galactica.joining.quality.making import make_quality
from galactica.train.views.filtering import named_in_list
from galactica.train.views.qualities import quality_rule
from galactica.train.views.view import View
from tests.train.views.conftest import article, edition, view_of


def titles(view: Path) -> list[str]:
    with View.open(view) as opened:
        return [opened.about(number).title for number in range(len(opened))]


def left_out(view: Path) -> dict[str, list[str]]:
    rows = pq.read_table(view / "excluded.parquet").to_pylist()
    return {reason: [r["title"] for r in rows if r["reason"] == reason] for reason in {r["reason"] for r in rows}}


def test_languages_are_those_within_the_ones_asked_for(mixed: Path, tmp_path: Path) -> None:
    made = view_of(tmp_path / "v.view", mixed, languages=("zh,de",))
    with View.open(tmp_path / "v.view") as view:
        assert {view.about(n).language for n in range(len(view))} == {"zh-Hant", "de"}
    assert dict(made.left_out) == {"language": 3}
    assert made.header.counts.documents + 3 == made.articles == 9
    assert len(left_out(tmp_path / "v.view")["language"]) == 3


def test_licences_are_compared_whatever_their_case_and_each_article_has_its_own(mixed: Path, tmp_path: Path) -> None:
    view_of(tmp_path / "v.view", mixed, licences=("cc0-1.0",))
    with View.open(tmp_path / "v.view") as view:
        assert {view.about(n).language for n in range(len(view))} == {"de"}
        assert [name for name, _, _ in view.counts.licences] == ["CC0-1.0"]


def test_an_article_without_a_licence_is_refused_by_the_name_of_its_source(english: Path, tmp_path: Path) -> None:
    silent = edition(tmp_path / "silent", [article(1)], name="silent", licence="")
    with pytest.raises(InputError, match="silent") as refused:
        view_of(tmp_path / "v.view", english, silent, licences=("CC-BY-SA-4.0",))
    assert "--sources" in refused.value.remedy
    with Edition.open(english) as opened:
        key = opened.sources[0].key
    assert view_of(tmp_path / "v.view", english, silent, licences=("CC-BY-SA-4.0",), sources=(key,)).header.counts
    made = view_of(tmp_path / "all.view", silent)
    assert [name for name, _, _ in made.header.counts.licences] == [""]
    assert "all rights are reserved" in (tmp_path / "all.view" / "card.md").read_text()


@pytest.mark.parametrize(
    "asked", [{"languages": ("fr",)}, {"licences": ("MIT",)}, {"sources": ("none",)}, {"mix": (("none", 1.0),)}]
)
def test_a_name_that_nothing_has_is_refused_with_those_that_there_are(
    mixed: Path, tmp_path: Path, asked: dict[str, object]
) -> None:
    with pytest.raises(UsageError) as refused:
        view_of(tmp_path / "v.view", mixed, **asked)
    assert "There are:" in refused.value.remedy


def test_the_same_text_twice_is_taken_once_and_titles_do_not_make_it_another(tmp_path: Path) -> None:
    body = "<p>The same words in two places.</p>"
    articles = [article(1, body=body), article(2), article(3, body=body)]
    made = edition(tmp_path / "e", articles)
    view_of(tmp_path / "v.view", made)
    assert titles(tmp_path / "v.view") == ["Article 1", "Article 2"]
    found = left_out(tmp_path / "v.view")
    assert found["copy"] == ["Article 3"]
    details = {r["reason"]: r["detail"] for r in pq.read_table(tmp_path / "v.view" / "excluded.parquet").to_pylist()}
    assert details["copy"] == "of 0:0"


def near(number: int, last: str) -> dict[str, object]:
    words = " ".join(f"word{n % 17} of line {n}" for n in range(40))
    return article(number, body=f"<p>{words} {last}</p>")


def test_near_duplicates_that_join_found_are_left_out_where_the_kept_one_is_taken(tmp_path: Path) -> None:
    made = edition(tmp_path / "e", [near(1, "ends so"), article(2), near(3, "ends so indeed")])
    view_of(tmp_path / "before.view", made)
    assert len(titles(tmp_path / "before.view")) == 3
    with Edition.open(made) as opened:
        make_duplicates(opened)
    view_of(tmp_path / "after.view", made)
    assert len(titles(tmp_path / "after.view")) == 2
    assert len(left_out(tmp_path / "after.view")["duplicate"]) == 1
    assert "Near duplicates were not looked for" in (tmp_path / "before.view" / "card.md").read_text()
    assert "Near duplicates were not looked for" not in (tmp_path / "after.view" / "card.md").read_text()


def test_quality_is_asked_of_what_join_measured_and_where_it_did_not_the_remedy_is_said(tmp_path: Path) -> None:
    made = edition(tmp_path / "e", [article(1), article(2, body="<p>Short.</p>"), near(3, "end")])
    with pytest.raises(StepMissingError) as refused:
        view_of(tmp_path / "v.view", made, min_quality=(quality_rule("words>=10"),))
    assert "galactica join" in refused.value.remedy
    with Edition.open(made) as opened:
        make_quality(opened)
    view_of(tmp_path / "v.view", made, min_quality=(quality_rule("words>=10"),))
    assert titles(tmp_path / "v.view") == ["Article 1", "Article 3"]
    view_of(tmp_path / "w.view", made, min_quality=(quality_rule("gopher_word_count"), quality_rule("words<=100000")))
    assert titles(tmp_path / "w.view") == ["Article 3"]


@pytest.mark.parametrize(
    "text", ["", "good", "words>100", "words>=x", "article>=1", "language_told>=1", "WORDS>=1", "words>=1e9"]
)
def test_what_is_no_rule_of_quality_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        quality_rule(text)


def test_a_mix_groups_documents_by_what_its_names_mean(english: Path, mixed: Path, tmp_path: Path) -> None:
    made = view_of(tmp_path / "v.view", english, mixed, mix=(("de", 3.0), ("licence:CC-BY-SA-4.0", 1.0)))
    with View.open(tmp_path / "v.view") as view:
        assert view.group_names == ("de", "licence:CC-BY-SA-4.0")
        assert view.weights == (0.75, 0.25)
        assert [view.about(n).language == "de" for n in range(len(view))] == [group == 0 for group in view.groups]
    assert made.left_out == ()
    made = view_of(tmp_path / "w.view", english, mixed, mix=(("zh", 1.0),))
    assert dict(made.left_out) == {"mix": 26}


def test_a_name_of_a_mix_that_means_two_things_must_be_said_clearly(tmp_path: Path) -> None:
    made = edition(tmp_path / "e", [article(1, "en")], name="en")
    with Edition.open(made) as opened:
        assert opened.sources[0].key == "en"
    with pytest.raises(UsageError, match="is a source and a language"):
        view_of(tmp_path / "v.view", made, mix=(("en", 1.0),))
    assert view_of(tmp_path / "v.view", made, mix=(("language:en", 1.0),)).header.mix == (("language:en", 1.0),)
    with pytest.raises(UsageError, match="twice"):
        view_of(tmp_path / "w.view", made, mix=(("language:en", 1.0), ("language:en", 2.0)))


def test_a_bound_on_tokens_takes_a_fair_sample_shared_out_by_the_mix(
    english: Path, mixed: Path, tmp_path: Path
) -> None:
    made = view_of(tmp_path / "v.view", english, max_tokens=500)
    counts = made.header.counts
    assert 400 < counts.tokens <= 500
    assert dict(made.left_out) == {"max-tokens": 20 - counts.documents}
    assert titles(tmp_path / "v.view") != [f"Article {n}" for n in range(counts.documents)]
    view_of(tmp_path / "w.view", english, mixed, max_tokens=400, mix=(("en", 1.0), ("zh", 1.0)))
    with View.open(tmp_path / "w.view") as view:
        shares = [int(view.sizes[view.groups == group].sum()) for group in range(2)]
        assert all(400 < share <= 800 for share in shares)
    with pytest.raises(InputError, match="Nothing is left"):
        view_of(tmp_path / "x.view", english, max_tokens=1)


def digests(view: Path) -> dict[str, str]:
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in view.iterdir()
        if each.name != "places.json"
    }


def test_the_same_editions_and_filter_give_the_same_view_wherever_they_lie(
    english: Path, mixed: Path, tmp_path: Path
) -> None:
    view_of(tmp_path / "v.view", english, mixed, languages=("en",))
    other = tmp_path / "else" / "where"
    other.mkdir(parents=True)
    for each in (english, mixed):
        shutil.copytree(each, other / each.name)
    view_of(other / "v.view", other / english.name, other / mixed.name, languages=("en",))
    assert digests(tmp_path / "v.view") == digests(other / "v.view")
    assert set(digests(other / "v.view")) == {"view.json", "rows.parquet", "excluded.parquet", "card.md", "card.json"}
    for file in (other / "v.view").iterdir():
        assert str(tmp_path).encode() not in file.read_bytes()


def test_the_card_counts_and_names_what_is_in_the_view(english: Path, mixed: Path, tmp_path: Path) -> None:
    made = view_of(tmp_path / "v.view", english, mixed)
    card = json.loads((tmp_path / "v.view" / "card.json").read_text())
    assert card["hash"] == made.hash == hashlib.sha256((tmp_path / "v.view" / "view.json").read_bytes()).hexdigest()
    assert card["documents"] == sum(each["documents"] for each in card["languages"]) == 29
    assert card["bytes"] == sum(each["bytes"] for each in card["sources"])
    assert {each["name"]: each["documents"] for each in card["licences"]} == {"CC-BY-SA-4.0": 26, "CC0-1.0": 3}
    text = (tmp_path / "v.view" / "card.md").read_text()
    assert made.hash in text
    assert "same licence" in text  # what CC-BY-SA asks
    assert "galactica dataset english.edition mixed.edition" in text
    assert "29 articles = 29 documents and 0 left out" in text


def test_a_name_that_would_break_the_card_stays_in_its_cell(tmp_path: Path) -> None:
    bad = edition(tmp_path / "e", [article(1, licence="X | Y\n# `Z`")])
    view_of(tmp_path / "v.view", bad)
    lines = (tmp_path / "v.view" / "card.md").read_text().splitlines()
    assert not any(line.startswith("# `Z`") for line in lines)


def test_what_stands_at_the_place_is_never_replaced(english: Path, tmp_path: Path) -> None:
    (tmp_path / "v.view").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        view_of(tmp_path / "v.view", english)
    with pytest.raises(UsageError, match=r"\.view"):
        view_of(tmp_path / "v", english)
    with pytest.raises(MissingError):
        view_of(tmp_path / "none" / "v.view", english)
    with pytest.raises(UsageError, match="same edition"):
        view_of(tmp_path / "w.view", english, english)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["v.view"]


def test_what_a_killed_run_left_is_taken_away(english: Path, tmp_path: Path) -> None:
    work = tmp_path / "v.view.making"
    work.mkdir()
    (work / "rows.parquet").write_bytes(b"half")
    view_of(tmp_path / "v.view", english)
    assert len(titles(tmp_path / "v.view")) == 20
    assert not work.exists()


def test_tokens_are_counted_by_a_tokenizer_where_one_is_given(english: Path, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    made.save(str(tmp_path / "t.json"))
    found = view_of(tmp_path / "v.view", english, tokenizer=tmp_path / "t.json")
    with View.open(tmp_path / "v.view") as view:
        words = sum(len(text.split()) for _, text in view.scan())
    assert found.header.counts.tokens == words
    assert found.header.tokens_by == hashlib.sha256((tmp_path / "t.json").read_bytes()).hexdigest()
    assert "of the tokenizer" in (tmp_path / "v.view" / "card.md").read_text()
    estimated = view_of(tmp_path / "w.view", english)
    assert estimated.header.tokens_by == "estimate"
    assert "an estimate" in (tmp_path / "w.view" / "card.md").read_text()


def test_a_list_of_names_is_read_unless_something_is_called_so() -> None:
    assert named_in_list(["en, zh", "de"], ["en", "zh", "de"]) == ("en", "zh", "de")
    assert named_in_list(["By, and Alike"], ["By, and Alike"]) == ("By, and Alike",)
    assert named_in_list([",", ""], []) == ()


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"\x00" * 100, b'{"model": {"type": "BPE"}}'])
def test_a_file_that_is_no_tokenizer_is_a_clear_error(english: Path, tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("tokenizers")
    (tmp_path / "t.json").write_bytes(content)
    with pytest.raises((InputError, LimitError)):
        view_of(tmp_path / "v.view", english, tokenizer=tmp_path / "t.json")
