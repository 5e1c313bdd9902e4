"""A site that is followed by its list of pages."""

from __future__ import annotations

import pytest

from galactica.edition import Edition
from galactica.follow import pages
from galactica.follow.following import Followed
from galactica.follow.round import Tally
from galactica.follow.sitemap_read import MAX_ADDRESSES, is_sitemap, read_sitemap
from tests.follow.conftest import Following
from tests.follow.server import Asked, HostileServer, Script, packed, reply

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urls(*found: tuple[str, str]) -> str:
    listed = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</url>" for url, date in found
    )
    return f'<?xml version="1.0"?><urlset {SPACE}>{listed}</urlset>'


def index(*found: tuple[str, str]) -> str:
    listed = "".join(f"<sitemap><loc>{url}</loc><lastmod>{date}</lastmod></sitemap>" for url, date in found)
    return f"<sitemapindex {SPACE}>{listed}</sitemapindex>"


def page(name: str) -> bytes:
    text = f"This is the page about {name}. " * 20
    return reply(f"<html lang=en><title>{name}</title><body><main><h1>{name}</h1><p>{text}</p></main></body></html>")


def only(found: Followed) -> Tally:
    (tally,) = found.sources
    return tally


def counts(found: Followed) -> tuple[int, int, int]:
    tally = only(found)
    return tally.new, tally.changed, tally.deleted


def titles(following: Following) -> list[str]:
    with Edition.open(following.folder / "latest.edition") as edition:
        return sorted(edition.head(row).title for row in range(len(edition)))


def test_pages_are_fetched_when_they_are_new_or_have_another_date(server: HostileServer, following: Following) -> None:
    a, b = server.url("/a"), server.url("/b/c.html")
    server.pages |= {"/a": page("A"), "/b/c.html": page("C")}
    server.pages["/sitemap.xml"] = [
        reply(urls((a, "2026-01-01"))),
        reply(urls((a, "2026-01-01"), (b, "2026-01-02"))),
        reply(urls((a, "2026-02-01"), (b, "2026-01-02"))),
    ]
    assert counts(following(server.url("/sitemap.xml"))) == (1, 0, 0)
    assert counts(following()) == (1, 0, 0)
    server.pages["/a"] = page("A again")
    assert counts(following(build=True)) == (0, 1, 0)
    assert [path for path in server.paths() if path in ("/a", "/b/c.html")] == ["/a", "/b/c.html", "/a"]
    assert titles(following) == ["A again", "C"]


def test_pages_without_a_date_are_asked_whether_they_changed(server: HostileServer, following: Following) -> None:
    def answer(asked: Asked) -> Script:
        same = asked.headers.get("if-none-match") == '"1"'
        return [
            reply("", "304 Not Modified", Content_Length="-") if same else reply("<title>A</title>text", ETag='"1"')
        ]

    server.pages |= {"/a": answer, "/s.xml": reply(urls((server.url("/a"), "")))}
    assert counts(following(server.url("/s.xml"))) == (1, 0, 0)
    assert (counts(following()), only(following()).same) == ((0, 0, 0), 1)
    assert "if-none-match" in server.asked[-1].headers


def test_a_list_may_be_packed_an_index_or_lines_of_text(server: HostileServer, following: Following) -> None:
    a, b, c = (server.url(path) for path in ("/a", "/b", "/c"))
    server.pages |= {"/a": page("A"), "/b": page("B"), "/c": page("C")}
    server.pages |= {
        "/index.xml": reply(index((server.url("/1.xml.gz"), "1"), (server.url("/2.txt"), "1"))),
        "/1.xml.gz": reply(packed(urls((a, "1"))), kind="application/gzip"),
        "/2.txt": reply(f"{b}\n{c}\n", kind="text/plain"),
    }
    assert counts(following(server.url("/index.xml"), build=True)) == (3, 0, 0)
    assert titles(following) == ["A", "B", "C"]
    following()
    assert server.paths().count("/1.xml.gz") == 1, "the index says that it is as it was"


def test_a_page_that_left_is_gone_only_where_the_site_says_so(server: HostileServer, following: Following) -> None:
    listed = [(server.url(f"/{name}"), "2026-01-01") for name in "abcd"]
    server.pages |= {f"/{name}": page(name.upper()) for name in "abcd"}
    server.pages["/s.xml"] = [reply(urls(*listed)), reply(urls(listed[0]))]
    assert counts(following(server.url("/s.xml"))) == (4, 0, 0)
    server.pages |= {"/b": reply("", "410 Gone"), "/c": reply("", "404 Not Found")}
    assert counts(following()) == (0, 0, 1), "410 is said once"
    assert counts(following(build=True)) == (0, 0, 1), "404 has to be said twice"
    assert titles(following) == ["A", "D"]
    with Edition.open(following.folder / "latest.edition") as edition:
        assert [(each.where, each.reason) for each in edition.rejected()] == [("b", "deleted"), ("c", "deleted")]
        assert [each.value for each in edition.statements()] == ["2026-09-21", "2026-09-21"]


def test_a_list_that_breaks_off_takes_nothing_back(server: HostileServer, following: Following) -> None:
    listed = [(server.url(f"/{name}"), "1") for name in "ab"]
    server.pages |= {"/a": page("A"), "/b": reply("", "410 Gone")}
    whole = urls(*listed)
    server.pages |= {"/b": page("B"), "/s.xml": [reply(whole), reply(whole[: whole.index("/b")])]}
    following(server.url("/s.xml"))
    server.pages["/b"] = reply("", "410 Gone")
    found = following()
    assert (counts(found), "not read whole" in only(found).problem) == ((0, 0, 0), True)


def test_the_limit_of_a_round_leaves_the_rest_to_the_next(server: HostileServer, following: Following) -> None:
    server.pages |= {f"/{n}": page(str(n)) for n in range(5)}
    server.pages["/s.xml"] = reply(urls(*((server.url(f"/{n}"), "1") for n in range(5))))
    rounds = [only(following(server.url("/s.xml"), limit=2)), *(only(following(limit=2)) for _ in range(2))]
    assert [(each.new, each.waiting) for each in rounds] == [(2, 3), (2, 1), (1, 0)]


def test_what_is_no_page_of_the_site_is_counted(server: HostileServer, following: Following) -> None:
    server.pages |= {
        "/a": page("A"),
        "/b": reply(b"%PDF", kind="application/pdf"),
        "/d": reply(b"\x00\x01\x02" * 99, kind="text/html"),
        "/robots.txt": reply("user-agent: galactica\ndisallow: /c"),
    }
    listed = [(server.url(f"/{name}"), "1") for name in "abcde"]
    server.pages["/s.xml"] = reply(urls(*listed, ("https://elsewhere.example/x", "1"), ("file:///etc/passwd", "1")))
    found = only(following(server.url("/s.xml"), build=True))
    assert (found.new, found.refused) == (1, 6)
    with Edition.open(following.folder / "latest.edition") as edition:
        reasons = {each.where: each.reason for each in edition.rejected()}
    assert sorted(reasons.values()) == ["bad-encoding", "bad-path", "bad-path", "not-found", "robots", "unsupported"]
    following()
    assert server.paths().count("/b") == 1


def test_a_page_that_does_not_come_is_tried_in_some_rounds_and_then_counted(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_TRIES", 2)
    server.pages |= {"/a": reply("", "500 Oops"), "/b": page("B")}
    server.pages["/s.xml"] = reply(urls((server.url("/a"), "1"), (server.url("/b"), "1")))
    assert only(following(server.url("/s.xml"))).waiting == 2, "the host is left alone for this round"
    found = only(following())
    assert (found.new, found.refused, found.waiting) == (1, 1, 0)


def test_pages_of_a_site_lead_to_each_other(server: HostileServer, following: Following) -> None:
    text = "There is much to be said about this. " * 20
    server.pages |= {
        "/a/b/": reply(f"<title>B</title><main><p>{text} <a href='../c.html'>c</a> <a href='/a/d'>d</a></p></main>"),
        "/a/c.html": page("C"),
        "/a/d": page("D"),
    }
    server.pages["/s.xml"] = reply(urls(*((server.url(path), "1") for path in ("/a/b/", "/a/c.html", "/a/d"))))
    following(server.url("/s.xml"), build=True)
    with Edition.open(following.folder / "latest.edition") as edition:
        body = next(edition.article(row).body for row in range(3) if edition.head(row).title == "B")
    assert 'href="./a/c.html"' in body
    assert 'href="./a/d"' in body


@pytest.mark.parametrize(
    ("raw", "found", "fault"),
    [
        (b"<urlset><url><loc> https://e/1 </loc></url></urlset>", ["https://e/1"], ""),
        (b'<s:urlset xmlns:s="x"><s:url><s:loc>https://e/1</s:loc></s:url></s:urlset>', ["https://e/1"], ""),
        (b"<urlset><url><loc>https://e/1</loc></url><url><loc>https://e/2", ["https://e/1"], "no XML"),
        (b"<urlset><url><image><loc>no</loc></image></url></urlset>", [], ""),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>&a;</loc></url></urlset>", [], "entities"),
        (b"<urlset>" + b"<url>" * 100, [], "nested"),
        (b"https://e/1\n\nhttps://e/2\r\n", ["https://e/1", "https://e/2"], ""),
        (b"https://e/1\nnot one", ["https://e/1"], "no addresses"),
        (b"\xff\xfe", [], "no addresses"),
        (b"", [], ""),
    ],
)
def test_lists_are_read_as_far_as_they_are_lists(raw: bytes, found: list[str], fault: str) -> None:
    read = read_sitemap(raw)
    assert [url for url, _ in read.pages] == found
    assert fault in read.fault


def test_a_list_has_a_bound() -> None:
    raw = b"<urlset>" + b"<url><loc>https://e/</loc></url>" * (MAX_ADDRESSES + 10) + b"</urlset>"
    read = read_sitemap(raw)
    assert (len(read.pages), "more than" in read.fault) == (MAX_ADDRESSES, True)


def test_lists_are_known_by_their_beginning() -> None:
    assert is_sitemap(b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x --><urlset>')
    assert is_sitemap(b"<x:sitemapindex>")
    assert not is_sitemap(b"<rss>")
