"""Whether an HTML file that does not say where it was saved from is nonetheless an article of a site on the web.

Sites tell social networks and search engines what their pages are: `og:type` article, a time of publication, a thing of
schema.org that is an article or a posting. Who says that has menus and the rest around it. What programs write that
make wikis and documentation is none: those pages are known to the cleaner as they are, whatever they say.
"""

from __future__ import annotations

import re

LOOKED_AT = 200_000
"""Characters of a page in which it is looked for; some sites write long styles before their data."""

_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_ARTICLE_META = re.compile(
    r"(?:property|name)\s{0,20}=\s{0,20}[\"']?(?:og:type[\"']?\s[^<>]{0,500}?\bcontent\s{0,20}=\s{0,20}[\"']?article\b|article:published_time\b)"
    r"|content\s{0,20}=\s{0,20}[\"']?article[\"']?\s[^<>]{0,500}?(?:property|name)\s{0,20}=\s{0,20}[\"']?og:type\b",
    re.IGNORECASE,
)
_ARTICLE_THING = re.compile(
    r"\"@type\"\s{0,20}:\s{0,20}\[?\s{0,20}\"(?:[A-Z][A-Za-z]{0,30})?(?:Article|BlogPosting|Report)\""
    r"|\bitemtype\s{0,20}=\s{0,20}[\"']?https?://schema\.org/(?:[A-Z][A-Za-z]{0,30})?(?:Article|BlogPosting)\b"
)
_MADE_BY = re.compile(
    r"name\s{0,20}=\s{0,20}[\"']?generator\b[^<>]{0,500}?(?:mediawiki|docutils|sphinx|docusaurus|mkdocs|mdbook|doxygen|javadoc|rustdoc"
    r"|gitbook|vitepress|antora|pdoc|asciidoctor|dokuwiki|mwoffliner)",
    re.IGNORECASE,
)


def is_article_of_site(page: str) -> bool:
    """Whether a page says of itself that it is an article, and was made by no program for wikis or documentation."""
    start = page[:LOOKED_AT]
    metas = _META.findall(start)
    if any(_MADE_BY.search(meta) for meta in metas) or 'id="mw-content-text"' in start:
        return False
    return any(_ARTICLE_META.search(meta) for meta in metas) or _ARTICLE_THING.search(start) is not None
