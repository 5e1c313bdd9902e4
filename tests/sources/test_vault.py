"""Notes of a vault become plain Markdown: links by name, embedded files, tags, comments, marks, callouts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.library import build
from galactica.model import Document
from galactica.sources.formats import open_source
from galactica.sources.vault import NO_VAULT, Vault, plain_markdown

NAMES = {
    "sun": ("Sun.md", "old/Sun.md"),
    "sun.md": ("Sun.md", "old/Sun.md"),
    "moon.png": ("att/moon.png",),
    "talk.mp3": ("att/talk.mp3",),
    "paper.pdf": ("att/paper.pdf",),
}
VAULT = Vault(names=NAMES, is_vault=True, declared=False)
FOLDER = Vault(names=NAMES, is_vault=False, declared=False)


@pytest.mark.parametrize(
    ("note", "plain"),
    [
        ("[[Sun]]", "[Sun](/Sun.md)"),
        ("[[sun|the star]]", "[the star](/Sun.md)"),
        ("[[old/Sun]]", "[old/Sun](/old/Sun.md)"),
        ("[[Sun#Early life]]", "[Sun › Early life](/Sun.md#Early_life)"),
        ("[[Sun#^fact|it]]", "[it](/Sun.md#^fact)"),
        ("[[#Early life]]", "[Early life](#Early_life)"),
        ("![[moon.png]]", "![](/att/moon.png)"),
        ("![[moon.png|300x200]]", "![](/att/moon.png)"),
        ("![[moon.png|The Moon]]", "![The Moon](/att/moon.png)"),
        ("![[talk.mp3]]", '<audio controls src="/att/talk.mp3"></audio>'),
        ("![[Sun]]", "[Sun](/Sun.md)"),
        ("| [[Sun\\|star]] |", "| [star](/Sun.md) |"),
        ("[[Nowhere|lost]] and [[Gone]]", "lost and Gone"),
        ("%%secret\nlines%%open", "open"),
        ("==bright==", "<mark>bright</mark>"),
        ("a == b == c", "a == b == c"),
        ("`[[Sun]]` and ``a ` [[Sun]]``", "`[[Sun]]` and ``a ` [[Sun]]``"),
        ("```\n[[Sun]] #tag\n```\n[[Sun]]", "```\n[[Sun]] #tag\n```\n[Sun](/Sun.md)"),
        ("> [!note] Mind\n> this", "> **Mind**\n> \n> this"),
        ("> [!warning]-\n> this", "> **Warning**\n> \n> this"),
    ],
)
def test_what_a_vault_writes_is_written_plainly(note: str, plain: str) -> None:
    got = plain_markdown(note, "Moon.md", VAULT).text
    assert [line.rstrip() for line in got.split("\n")] == [line.rstrip() for line in plain.split("\n")]


def test_the_nearest_note_of_a_name_is_meant() -> None:
    assert plain_markdown("[[Sun]]", "old/Moon.md", VAULT).text == "[Sun](/old/Sun.md)"


def test_tags_in_the_text_are_told_and_stay() -> None:
    note = plain_markdown("#sky and #night/deep, not #12, a#b, (#c) or `#d`. #2020s", "n.md", VAULT)
    assert note.tags == ("sky", "night/deep", "2020s")
    assert note.text.startswith("#sky and #night/deep")


def test_in_a_plain_folder_only_links_that_lead_somewhere_are_links() -> None:
    text = "[[Sun]] [[1, 2]] #tag ==x== %%y%%"
    note = plain_markdown(text, "n.md", FOLDER)
    assert note.text == "[Sun](/Sun.md) [[1, 2]] #tag ==x== %%y%%"
    assert (note.tags, note.dropped) == ((), ())
    assert plain_markdown(text, "n.md", NO_VAULT).text == text


def test_what_is_lost_is_counted() -> None:
    note = plain_markdown("[[Gone]] %%a%% ![[Sun]]\n\nA fact. ^fact\n", "n.md", VAULT)
    assert dict(note.dropped) == {
        "vault:block-name": 1, "vault:broken-link": 1, "vault:comment": 1, "vault:embedded-note": 1,
    }  # fmt: skip


@given(st.text(alphabet="[]|#^!%=`~> \nab\\", max_size=200))
def test_any_note_is_read_without_harm(text: str) -> None:
    assert isinstance(plain_markdown(text, "n.md", VAULT).text, str)


def test_hostile_notes_take_no_time_to_speak_of() -> None:
    for text in (
        "[[" * 100_000,
        "%%" * 50_001,
        "==a" * 50_000,
        "`" * 100_000,
        "> [!a" * 20_000,
        "#a" * 100_000,
        "> " * 50_000,
    ):
        plain_markdown(text, "n.md", VAULT)


def test_a_vault_is_read_as_a_folder_and_its_links_lead(tmp_path: Path) -> None:
    place = tmp_path / "notes"
    (place / ".obsidian").mkdir(parents=True)
    (place / "deep").mkdir()
    (place / "Sun.md").write_text("---\naliases: [Sol]\n---\nIt shines on [[Moon]]. #star\n")
    (place / "deep" / "Moon.md").write_text("Round.\n\n![[moon.png]]\n")
    (place / "deep" / "moon.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with open_source(place) as source:
        found = {item.path: item for item in source.read() if isinstance(item, Document)}
    assert found["Sun.md"].categories == ("star",)
    out = tmp_path / "notes.edition"
    build(out, [place], workers=1, meaning=False)
    with Edition.open(out) as edition:
        bodies = {article.path: article.body for _, article in edition.scan()}
        assert edition.info.media == 1
    assert '<a href="./deep/Moon.md">Moon</a>' in bodies["Sun.md"]
    assert 'src="./deep/moon.png"' in bodies["deep/Moon.md"]
