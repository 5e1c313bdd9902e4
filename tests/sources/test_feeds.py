"""Feeds become documents: each item once, under a name that stays, with what the feed says and nothing made up."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.errors import InputError
from galactica.library import build
from galactica.model import Document, Rejected, Source, SourceStatement
from galactica.sources import feed_child
from galactica.sources.contract import Item
from galactica.sources.feed import recognise
from galactica.sources.feed_documents import items_of
from galactica.sources.feed_items import FeedAbout, FeedError, FeedItem, without_tags
from galactica.sources.feed_json import moment_of, read_about, read_items, written_feed
from galactica.sources.feed_names import NamedItems, hashed_path, item_identity, item_path, latest, shared_ids
from galactica.sources.feed_xml import parse_feed
from galactica.sources.formats import open_source
from galactica.sources.json_values import Values
from galactica.values.moments import iso_day

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="de">
<title>Wetter &amp; Klima</title><link href="https://example.org/"/><updated>2024-05-06T07:08:09+02:00</updated>
<author><name>Ada Lind</name></author><rights>https://creativecommons.org/licenses/by/4.0/</rights>
<at:deleted-entry ref="tag:example.org,2024:gone" when="2024-04-01T00:00:00Z"/>
<entry xml:base="https://example.org/a/">
<id>tag:example.org,2024:1</id><title type="html">Regen &lt;i&gt;fällt&lt;/i&gt;</title>
<link href="https://example.org/a/regen"/><link rel="enclosure" href="https://example.org/a.mp3"/>
<published>2024-01-01T00:30:00+02:00</published><updated>2024-01-02T00:30:00+02:00</updated>
<category term="wetter" label="Wetter"/><author><name>Otto</name></author>
<summary>Kurz gesagt.</summary>
<content type="html">
&lt;p&gt;Es &lt;a href="b"&gt;regnet&lt;/a&gt;.&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;</content></entry>
</feed>"""


def read(path: Path) -> tuple[Source, list[Item]]:
    with open_source(path) as source:
        return source.source, list(source.read())


def rss(*items: str) -> str:
    held = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{held}</channel></rss>'


def read_text(folder: Path, text: str, name: str = "feed.xml") -> list[Item]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)[1]


def documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def test_an_entry_says_who_wrote_what_when_and_where(tmp_path: Path) -> None:
    (tmp_path / "wetter.xml").write_text(ATOM, encoding="utf-8")
    about, items = read(tmp_path / "wetter.xml")
    assert (about.key, about.title, about.language, about.licence) == ("wetter", "Wetter & Klima", "de", "CC-BY-4.0")
    assert (about.date, about.url, about.creators) == ("2024-05-06", "https://example.org/", ("Ada Lind",))
    document, *others = items
    assert isinstance(document, Document)
    assert (document.path, document.title, document.language) == ("tag:example.org,2024:1", "Regen fällt", "de")
    assert (document.url, document.creators, document.categories) == (
        "https://example.org/a/regen",
        ("Otto",),
        ("Wetter",),
    )
    assert (document.published, document.modified) == ("2024-01-01", "2024-01-01T22:30:00Z")
    assert document.dropped == (("feed:enclosure", 1), ("feed:summary", 1))
    gone, stated = others
    assert isinstance(gone, Rejected)
    assert (gone.where, gone.reason) == ("tag:example.org,2024:gone", "deleted")
    assert isinstance(stated, SourceStatement)
    assert (stated.subject, stated.property, stated.kind, stated.value) == (
        "path:tag:example.org,2024:gone",
        "deleted",
        "time",
        "2024-04-01",
    )


def test_a_feed_becomes_an_edition_with_links_made_whole_and_scripts_gone(tmp_path: Path) -> None:
    (tmp_path / "wetter.xml").write_text(ATOM, encoding="utf-8")
    build(tmp_path / "e.edition", [tmp_path / "wetter.xml"], workers=0, meaning=False)
    with Edition.open(tmp_path / "e.edition") as edition:
        assert [edition.article(0).body] == ['<p>Es <a href="https://example.org/a/b">regnet</a>.</p>']
        assert [statement.property for statement in edition.statements()] == ["deleted"]


@pytest.mark.parametrize(
    ("written", "parsed"),
    [
        ("Thu, 01 Jan 2004 19:48:21 -0500", "2004-01-01"),
        ("2003-12", "2003-12"),
        ("2003", "2003"),
        ("2003-12-31T23:00:00-10:00", "2003-12-31"),
        ("yesterday", ""),
        ("Fri, 99 Foo 2004", ""),
    ],
)
def test_the_day_of_publication_is_the_one_that_was_written_and_no_more_exact(written: str, parsed: str) -> None:
    found = parse_feed(rss(f"<title>x</title><pubDate>{written}</pubDate>").encode())
    assert found.items[0].published == parsed


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<title>A &amp;lt; B</title>", "A < B"),
        ("<description>Rain. It fell all day.</description>", "Rain. It fell all day."),
        (f"<description>{'word ' * 40}</description>", f"{'word ' * 15}word…"),
        ("<link>https://example.org/2024/rain?x#y</link>", "rain"),
    ],
)
def test_an_item_without_a_title_is_called_by_what_there_is(tmp_path: Path, item: str, title: str) -> None:
    assert [document.title for document in documents(read_text(tmp_path, rss(item)))] == [title]


def test_an_item_that_is_only_a_link_is_a_link(tmp_path: Path) -> None:
    (found,) = documents(read_text(tmp_path, rss("<title>Rain</title><link>https://example.org/rain</link>")))
    assert found.content == '<p><a href="https://example.org/rain">Rain</a></p>'


def test_an_item_that_holds_nothing_is_counted(tmp_path: Path) -> None:
    items = read_text(tmp_path, rss("<title>Rain</title>", "<author>x</author>"))
    assert [item.reason for item in items if isinstance(item, Rejected)] == ["empty"]


def test_the_later_of_two_versions_of_an_item_is_taken_and_the_other_counted(tmp_path: Path) -> None:
    one, two = (
        f"<entry><id>a</id><title>{t}</title><updated>{d}T00:00:00Z</updated></entry>"
        for t, d in (("New", "2024-02-02"), ("Old", "2024-01-01"))
    )
    items = read_text(tmp_path, f'<feed xmlns="http://www.w3.org/2005/Atom">{one}{two}</feed>')
    assert [document.title for document in documents(items)] == ["New"]
    assert [item.reason for item in items if isinstance(item, Rejected)] == ["duplicate"]


def test_an_id_that_several_items_have_names_none_of_them(tmp_path: Path) -> None:
    items = [f"<guid>same</guid><title>{n}</title><link>https://example.org/{n}</link>" for n in "abc"]
    found = documents(read_text(tmp_path, rss(*items)))
    assert len({document.path for document in found}) == 3


def test_what_is_wrong_with_a_feed_is_told_behind_what_was_read(tmp_path: Path) -> None:
    whole = rss("<title>One</title>", "<title>Two</title>")
    for text, reason in ((whole.replace("Two", "&nosuch;"), "malformed"), (whole[:-40], "truncated")):
        items = read_text(tmp_path, text)
        assert documents(items)
        assert isinstance(items[-1], Rejected)
        assert items[-1].reason == reason


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&#xD83D;&#xDE00; x", "😀 x"),
        ("&#55357;&#56832; x", "😀 x"),
        ("&#xD83D; x", "\ufffd x"),
        ("&#x110000; &#99999999999; &#0; x", "\ufffd \ufffd \ufffd x"),
        ("&#x1F600; &#233; x", "😀 é x"),
    ],
)
def test_references_to_no_character_cost_themselves(written: str, title: str) -> None:
    assert [item.title for item in parse_feed(rss(f"<title>{written}</title>").encode()).items] == [title]


def test_a_feed_without_items_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no item"):
        read_text(tmp_path, rss())


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (b'<?xml version="1.0"?><!-- a note --><rss version="2.0">', 95),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', 95),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', 95),
        (b'<rdf:RDF xmlns:owl="http://www.w3.org/2002/07/owl#">', 0),
        (b"<html><body><rss>", 0),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', 95),
        (b'{"title": "a \\" b", "version":"https:\\/\\/jsonfeed.org\\/version\\/1"}', 95),
        (b'{"version": "3", "items": []}', 0),
        ("<rss>".encode("utf-16"), 95),
        (b"", 0),
    ],
)
def test_only_feeds_are_taken_for_feeds(head: bytes, sure: int) -> None:
    assert recognise("x", head) == sure


def test_entities_that_would_fill_the_memory_are_refused() -> None:
    bomb = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 10_000}">]>{rss("<title>" + "&a;" * 5000 + "</title>")}'
    with pytest.raises(FeedError) as error:
        parse_feed(bomb.encode())
    assert error.value.reason == "too-large"


def test_a_long_feed_is_read_in_a_process_of_its_own_with_the_same_result() -> None:
    raw = rss(*(f"<guid>{n}</guid><title>{n}</title><category>c</category>" for n in range(400))).encode()
    assert len(raw) > feed_child.SHORT
    assert feed_child.read_xml(raw) == parse_feed(raw)


def test_a_feed_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_child, "SECONDS", 0.01)
    with pytest.raises(FeedError) as error:
        feed_child.read_xml(b" " * (feed_child.SHORT + 1))
    assert error.value.reason == "too-slow"


def test_what_a_feed_of_json_says_is_kept_and_the_rest_counted() -> None:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "home_page_url": "https://example.org/",
        "language": "en",
        "items": [
            {"id": 7, "content_text": "One.\n\nTwo & three.", "attachments": [{}, {}], "image": "x", "tags": ["a"]},
            {"id": "8", "url": "https://example.org/8", "content_html": "<p>x</p>", "author": {"name": "Ada"},
             "date_published": "2024-02-03T04:05:06+01:00", "date_modified": "2024-02-03T04:05:06+01:00"},
        ],
    }  # fmt: skip
    text = json.dumps(value).encode()
    about = read_about(Values(io.BytesIO(text), "utf-8"))
    assert (about.title, about.language, about.url) == ("T", "en", "https://example.org/")
    one, two = (item for item in read_items(Values(io.BytesIO(text), "utf-8")) if isinstance(item, FeedItem))
    assert (one.guid, one.content) == ("7", "<p>One.</p>\n<p>Two &amp; three.</p>")
    assert one.dropped == (("feed:enclosure", 2), ("feed:image", 1))
    assert (two.creators, two.published, two.modified) == (("Ada",), "2024-02-03", "2024-02-03T03:05:06Z")


def test_a_feed_that_was_written_is_read_as_it_was() -> None:
    items = [
        FeedItem(guid="a", link="https://example.org/a", title="A", content="<p>é</p>", creators=("Ada",), path="x/a"),
        FeedItem(guid="b", title="B", deleted="2024-01-02", why="410 Gone", path="b"),
        FeedItem(guid="c", content="<p>c</p>", markup="webpage", published="2024", dropped=(("feed:x", 2),), path="c"),
        FeedItem(guid="d", deleted="unknown", path="d", refused=""),
        FeedItem(guid="e", refused="unsupported", why="application/pdf", path="e", identifiers=("doi:1",)),
    ]
    out = io.StringIO()
    about = FeedAbout(title="T", language="en", licence="CC0-1.0", publisher="P", date="2024-01-01", creators=("Z",))
    assert written_feed(out, about, "https://example.org/feed", items) == 5
    raw = out.getvalue().encode()
    assert recognise("x", raw) == 95
    assert list(read_items(Values(io.BytesIO(raw), "utf-8"))) == items
    assert read_about(Values(io.BytesIO(raw), "utf-8")) == about
    kinds = [type(item).__name__ for item in items_of(items, "k", NamedItems())]
    assert kinds == ["Document", "Rejected", "SourceStatement", "Document", "Rejected", "SourceStatement", "Rejected"]


def test_a_broken_item_of_json_costs_itself(tmp_path: Path) -> None:
    held = '{"id": "1", "title": "A"}, {"id" 2}, 3, {"id": "4", "title": "B"}'
    text = f'{{"version": "https://jsonfeed.org/version/1", "items": [{held}]}}'
    items = read_text(tmp_path, text, "x.json")
    assert [type(item).__name__ for item in items] == ["Document", "Rejected", "Rejected", "Document"]


def test_names_are_paths_or_digests() -> None:
    assert item_path("https://example.org/a/b/") == "example.org/a/b"
    assert item_path("tag:example.org,2024:1") == "tag:example.org,2024:1"
    assert item_path("http://example.org/../x") == hashed_path("http://example.org/../x")
    assert item_path("x" * 400).startswith("item-")
    names = NamedItems()
    assert names.path(FeedItem(guid="http://e/x")) == "e/x"
    assert names.path(FeedItem(guid="https://e/x")) == hashed_path("https://e/x")
    assert names.path(FeedItem(guid="http://e/x")) == "e/x"


def test_what_identifies_an_item_is_its_id_unless_others_have_it() -> None:
    one, two = FeedItem(guid="a", link="x", title="X"), FeedItem(guid="a", link="y", title="Y")
    moved = FeedItem(guid="a", link="z", title="X")
    assert shared_ids([one, two]) == {"a"}
    assert shared_ids([one, moved]) == frozenset()
    assert item_identity(one) == "a"
    assert item_identity(one, frozenset("a")) == "a x"
    assert latest([one, moved], frozenset()) == ([one], [moved])


def test_dates_are_days_and_moments_or_nothing() -> None:
    assert [iso_day(text) for text in ("2024", "2024-02-30", "2024-02-29T1", "x", "20245")] == [
        "2024",
        "",
        "2024-02-29",
        "",
        "",
    ]
    assert moment_of("2024-01-01T00:00:00+01:00") == "2023-12-31T23:00:00Z"
    assert moment_of("2024-01-01") == moment_of("soon") == ""


def test_plain_text_has_no_tags_and_no_scripts() -> None:
    assert without_tags("<p>a<br>b<script>c</script> &amp; <b>d</b></p>", 100) == "a b & d"
