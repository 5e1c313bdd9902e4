"""What stands around articles in an exported ZIM: page, main page, style, picture. No input or output happens here."""

from __future__ import annotations

import html
import math
import struct
import zlib
from collections.abc import Sequence

from galactica import __version__
from galactica.export.places import relative
from galactica.export.summary import Overview
from galactica.languages import right_to_left
from galactica.model import Article, Source
from galactica.model.said import counted

SCRAPER = f"galactica {__version__}"

STYLE = """\
body { max-width: 46rem; margin: 0 auto; padding: 0 1rem 2rem; line-height: 1.55; font-family: Georgia, serif; }
h1, h2, h3, h4, h5, h6, footer, th, figcaption, caption { font-family: system-ui, sans-serif; line-height: 1.25; }
h1 { border-bottom: 1px solid #8886; padding-bottom: .3rem; }
img, video { max-width: 100%; height: auto; }
figure { margin: 1rem 0; }
figcaption, caption, footer { font-size: .85em; opacity: .8; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { border: 1px solid #8886; padding: .2rem .5rem; text-align: start; vertical-align: top; }
pre { overflow-x: auto; }
blockquote { border-inline-start: 3px solid #8886; margin-inline: 0; padding-inline-start: 1rem; }
footer { border-top: 1px solid #8886; margin-top: 2rem; padding-top: .5rem; }
ul.titles { columns: 15rem; }
@media (prefers-color-scheme: dark) {
  body { background: #16181c; color: #dadde2; }
  a { color: #8ab4f8; }
}
"""


def article_page(article: Article, body: str, source: Source | None, page: str, style: str) -> str:
    """An article as a whole page at `page`; `body` already links as that page needs.

    The body stands in `<main>`: whoever reads the page again then knows that its notes are the article's, and no
    furniture of a site.
    """
    footer = _footer(article, source)
    return _page(article.title, article.language, page, style, f"<main>\n{body}\n</main>\n{footer}")


def main_page(info: Overview, listed: Sequence[tuple[str, str]], page: str, style: str, articles: int) -> str:
    """The page that a reader sees first: what this is, how to search, where to start, on what terms.

    Args:
        info: the edition at a glance.
        listed: (title, path) of the articles to name, in order.
        page: where the page lies.
        style: where its style lies.
        articles: how many articles the export holds.
    """
    items = "\n".join(f'<li><a href="{relative(page, path)}">{html.escape(title)}</a></li>' for title, path in listed)
    some = "" if len(listed) == articles else f", {len(listed):,} of them"
    sources = "\n".join(
        f"<li>{html.escape(', '.join(filter(None, (source.title, source.publisher, source.date, source.licence))))}"
        f"{f'<br>{html.escape(source.attribution)}' if source.attribution else ''}</li>"
        for source in info.sources
    )
    content = (
        f"<p>{counted(articles, 'article')}. "
        "Type into the search box of your reader to find one by its title or its words.</p>"
        f'\n<h2>Articles{some}</h2>\n<ul class="titles">\n{items}\n</ul>'
        f"\n<h2>Sources and terms</h2>\n<ul>\n{sources}\n</ul>"
        f"\n<footer><p>Edition <code>{html.escape(info.root[:16])}</code></p></footer>"
    )
    return _page(info.title or "Galactica", "", page, style, content)


def cut_with_ellipsis(text: str, characters: int) -> str:
    """`text` in at most so many characters, cut with an ellipsis."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"


def illustration(size: int) -> bytes:
    """A square PNG of `size` pixels: a two-armed spiral, light on dark, made of arithmetic alone.

    Source: PNG (ISO/IEC 15948), colour type 2, filter 0.
    """
    rows = b"".join(b"\0" + b"".join(_pixel(x, y, size) for x in range(size)) for y in range(size))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def _pixel(x: int, y: int, size: int) -> bytes:
    across, down = (2 * x + 1) / size - 1, (2 * y + 1) / size - 1
    radius = math.hypot(across, down)
    arm = 0.5 + 0.5 * math.cos(2 * math.atan2(down, across) - 7 * math.sqrt(radius))
    light = max(0.0, 1 - radius) * arm**2 + math.exp(-((radius / 0.16) ** 2))
    return bytes(min(255, round(base + light * gain)) for base, gain in ((18, 255), (22, 235), (48, 190)))


def _page(title: str, language: str, page: str, style: str, content: str) -> str:
    lang = f' lang="{html.escape(language)}"' if language and language != "und" else ""
    direction = ' dir="rtl"' if right_to_left(language) else ""
    name = html.escape(title)
    return (
        f"<!DOCTYPE html>\n<html{lang}{direction}>\n<head>\n"
        f'<meta charset="utf-8">\n<title>{name}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="stylesheet" href="{relative(page, style)}">\n</head>\n<body>\n<h1>{name}</h1>\n{content}\n'
        "</body>\n</html>\n"
    )


def _footer(article: Article, source: Source | None) -> str:
    """Origin and terms; kept out of the full-text index (libzim leaves out what stands between these comments)."""
    origin = html.escape(source.title if source else article.source)
    if article.url.startswith(("http://", "https://")):
        origin = f'<a href="{html.escape(article.url, quote=True)}">{origin}</a>'
    licence = article.licence or (source.licence if source else "")
    words = [
        origin,
        html.escape(article.modified[:10] or (source.date if source else "")),
        html.escape(licence),
        html.escape(source.attribution) if source else "",
    ]
    line = " · ".join(word for word in words if word)
    return f"<!--htdig_noindex-->\n<footer><p>{line}</p></footer>\n<!--/htdig_noindex-->"
