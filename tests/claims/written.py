"""Articles whose tables and lists a test writes, and what is claimed of them."""

from __future__ import annotations

import html
from collections.abc import Sequence

from galactica.claims.reading import article_claims
from galactica.model import Article, article_id
from galactica.model.claim import Claim
from galactica.model.projection import project


def article(body: str, *, title: str = "Brookland", language: str = "en", path: str = "Brookland") -> Article:
    return Article(
        id=article_id("test", path),
        title=title,
        language=language,
        aliases=(),
        body=body,
        categories=(),
        source="test",
        path=path,
    )


def box(*rows: tuple[str, str], caption: str = "") -> str:
    """A box of names and values; line feeds break lines."""
    lines = "".join(f'<tr><th scope="row">{_html(name)}</th><td>{_html(value)}</td></tr>' for name, value in rows)
    over = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{over}<tbody>{lines}</tbody></table>"


def columns(heads: Sequence[str], *rows: Sequence[str], caption: str = "") -> str:
    """A table with headings."""
    first = "".join(f"<th>{_html(each)}</th>" for each in heads)
    lines = "".join("<tr>" + "".join(f"<td>{_html(each)}</td>" for each in row) + "</tr>" for row in rows)
    over = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{over}<tbody><tr>{first}</tr>{lines}</tbody></table>"


def said(body: str, **about: str) -> list[tuple[str, str, str]]:
    """(subject, property, value with its unit) of the claims of a body, whose spans are looked at besides."""
    return [(each.subject, each.property, f"{each.value} {each.unit}".strip()) for each in claims(body, **about)]


def claims(body: str, **about: str) -> tuple[Claim, ...]:
    made = article(body, **about)
    found = article_claims(made).claims
    text = project(body)
    for each in found:
        assert 0 <= each.start <= each.value_start < each.value_end <= each.end <= len(text)
    return found


def left(body: str, **about: str) -> dict[tuple[str, str, str], int]:
    return dict(article_claims(article(body, **about)).left)


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
