"""A document as its source wrote it → an article as an edition keeps it.

The order that must hold: markup → HTML, HTML → clean body, body → text, text → language where the source does not say
it, text → passages. Each step is a function of the one before, so the same document gives the same article on any
machine; `RECIPE` counts the changes to any of them, so that work kept from an older edition is used only where this
program would have done the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from galactica.codes.segment import passages
from galactica.model import Article, Document, Rejected, article_id
from galactica.model.identity import INPUT_BYTES
from galactica.model.projection import Projection, outline
from galactica.refine import clean as cleaning
from galactica.refine import telling
from galactica.refine.elsewhere import names_elsewhere
from galactica.refine.identified import item_of
from galactica.refine.main_content import SaidOfItself, extract
from galactica.refine.styled import with_styles

RECIPE = 10
"""Raise it whenever the same document would give another article than before."""

MAX_TITLE = 1000
"""Code points of a title; longer ones are cut (no source's own limit is above 255 bytes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """An article before the other names that redirects give it are known.

    Attributes:
        text: projection of `body`.
        spans: passages, (start, end) in code points of `text`.
        input: digest of what it was made from (`input_digest`).
        dropped: (rule, how often) of what cleaning left out.
        The rest: as in `model.Article`.
    """

    id: bytes
    title: str
    language: str
    aliases: tuple[str, ...]
    body: str = field(repr=False)
    text: str = field(repr=False)
    categories: tuple[str, ...]
    source: str
    path: str
    url: str
    revision: str
    modified: str
    licence: str
    spans: tuple[tuple[int, int], ...]
    input: bytes
    dropped: tuple[tuple[str, int], ...] = ()
    work: str = ""
    part: int = 0
    headings: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    published: str = ""
    identifiers: tuple[str, ...] = ()


def input_digest(document: Document, *, language: str) -> bytes:
    """`INPUT_BYTES` bytes that change when the document's content, its wiki, its language or the recipe change.

    Of a page of the web also when its source says more or less of it, because the page says the rest.

    Args:
        language: the source's language, for documents that name none.
    """
    digest = hashlib.blake2b(digest_size=INPUT_BYTES)
    tag = document.language or language or "und"
    about: tuple[object, ...] = (
        document.markup,
        document.path,
        document.title,
        tag,
        document.categories,
        document.site,
    )
    if document.markup == "webpage":
        about = (*about, document.creators, document.published, document.url, document.licence)
    for part in (str(RECIPE), repr(about), document.content):
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.digest()


def refine(document: Document, *, language: str, kept: Article | None = None) -> Refined | Rejected:
    """Make an article of a document.

    Args:
        document: as a reader gave it.
        language: the source's language, for documents that name none.
        kept: the article that an earlier edition made of the same input (same `input_digest`); its body and
            categories are used, unless the body is none that `clean` could have written: whoever made that edition
            may have put anything there.

    Returns:
        The article, or why there is none: "empty" (no visible text), "malformed" (the cleaner gave up).
    """
    tag = document.language or language or "und"
    if kept is not None and cleaning.sanitise(kept.body) == kept.body:
        made = _Made(
            body=kept.body,
            outline=outline(kept.body),
            title=kept.title,
            categories=kept.categories,
            facts=_facts_kept(kept) if document.markup == "webpage" else _NOTHING_SAID,
        )
    else:
        try:
            made = _make(document, tag)
        except ValueError as error:
            return _rejected(document, "malformed", str(error))
    text = made.outline.text
    facts = made.facts
    tag = facts.language if tag == "und" and facts.language else tag
    if tag in telling.UNSAID:
        tag, made = _told(document, tag, made)
    if not text and "<img" not in made.body and "<math" not in made.body:
        return _rejected(document, "empty", "no visible text")
    title = document.title or made.title
    title = " ".join(title.split())[:MAX_TITLE] or document.path
    return Refined(
        id=article_id(document.source, document.path),
        title=title,
        language=tag,
        aliases=tuple(sorted({*document.aliases, *names_elsewhere(document, title, text, tag)} - {"", title})),
        body=made.body,
        text=text,
        categories=tuple(sorted({*document.categories, *made.categories} - {""})),
        source=document.source,
        path=document.path,
        url=document.url or facts.url,
        revision=document.revision,
        modified=document.modified,
        licence=document.licence or facts.licence,
        spans=tuple(passages(text, made.outline.headings)),
        input=input_digest(document, language=language),
        dropped=(*document.dropped, *made.dropped),
        work=document.work,
        part=document.part if document.work else 0,
        headings=document.headings if document.work else (),
        creators=document.creators or facts.creators,
        published=document.published or facts.published,
        identifiers=_identifiers(document),
    )


_NOTHING_SAID = SaidOfItself()


def _identifiers(document: Document) -> tuple[str, ...]:
    """What the source says, and the item that the page says, where the source says none."""
    named = any(each.startswith("wikidata:") for each in document.identifiers)
    return tuple(sorted({*document.identifiers, *(() if named else item_of(document))}))


def _told(document: Document, tag: str, made: _Made) -> tuple[str, _Made]:
    """The language of an article whose source does not say it, and its body with the paragraphs marked that are in
    another one. The text stays as it is."""
    found = telling.article_language(tag, made.outline.text)
    body = made.body
    if f' lang="{found}"' in body:  # what the page says of its parts, where that is now what surrounds them
        body = cleaning.clean(body, base=document.path, language=found).body
    body = telling.parts_marked(body, found)
    if body == made.body or cleaning.sanitise(body) != body:
        return found, made
    return found, replace(made, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What a document's content became."""

    body: str
    outline: Projection
    title: str = ""
    categories: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    facts: SaidOfItself = _NOTHING_SAID


def _make(document: Document, language: str) -> _Made:
    """Convert, clean and project a document in any markup; a converter is loaded when it is first needed."""
    if document.markup == "text" or document.markup == "wikiextractor":
        from galactica.refine import plaintext

        plain = plaintext.convert(document.content, form=document.markup)
        return _Made(body=plain.body, outline=plain.outline)
    html = document.content
    dropped: tuple[tuple[str, int], ...] = ()
    categories: tuple[str, ...] = ()
    facts = _NOTHING_SAID
    missed = 0
    if document.markup in ("webpage", "html"):
        html, missed = with_styles(html)
    if document.markup == "webpage":
        main = extract(html, path=document.path)
        html, dropped, facts = main.html, main.dropped, main.facts
    elif document.markup == "markdown":
        from galactica.refine import markdown

        html = markdown.markdown_to_html(document.content)
    elif document.markup == "wikitext":
        from galactica.refine import wikitext

        wiki = wikitext.wikitext_to_html(document.content, title=document.title, site=document.site, language=language)
        html, dropped, categories = wiki.html, wiki.dropped, wiki.categories
    dropped = (*dropped, ("style-rules", missed)) if missed else dropped
    spoken = facts.language if language == "und" and facts.language else language
    cleaned = cleaning.clean(html, base=document.path, language=spoken)
    return _Made(
        body=cleaned.body,
        outline=outline(cleaned.body),
        title=facts.title or cleaned.title,
        categories=(*categories, *cleaned.categories),
        dropped=(*dropped, *cleaned.dropped),
        facts=facts,
    )


def _facts_kept(kept: Article) -> SaidOfItself:
    """What a page said of itself when its article was made."""
    return SaidOfItself(
        title=kept.title,
        creators=kept.creators,
        published=kept.published,
        language="" if kept.language == "und" else kept.language,
        url=kept.url,
        licence=kept.licence,
    )


def _rejected(document: Document, reason: str, detail: str) -> Rejected:
    return Rejected(source=document.source, where=document.path, stage="refine", reason=reason, detail=detail[:500])
