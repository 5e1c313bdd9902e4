"""Who a dump is from: its key, language, licence and address, from what the dump says and what the person says.

Rules: the person comes first; the key is the database name ("enwiki"), else made from the host, else from the file
name without its date; the licence is known only for the Wikimedia Foundation's own projects.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from galactica.model import Site, Source
from galactica.sources.contract import SourceOptions
from galactica.sources.mediawiki_events import SiteInfo
from galactica.sources.wikis import wiki_language

NAME = "mediawiki"

# The licence is not in the dump; these are the terms of the projects of the Wikimedia Foundation for text.
# Source: https://foundation.wikimedia.org/wiki/Policy:Terms_of_Use section 7, June 2023.
_SHARE_ALIKE = frozenset(
    "wikipedia wiktionary wikibooks wikiquote wikisource wikiversity wikivoyage wikimedia mediawiki".split()
)
_DATED = re.compile(r"-(\d{4})(\d{2})(\d{2})(?=\D|\Z)")


def describe_site(info: SiteInfo, options: SourceOptions) -> Site:
    """What the converter of wikitext has to know of the wiki."""
    base = info.base if info.base.startswith(("http://", "https://")) else ""
    return Site(
        namespaces=tuple((name.lower().replace("_", " "), number) for name, number in info.namespaces if name),
        language=options.language or wiki_language(info.language or urlsplit(base).netloc.partition(".")[0]),
        first_letter=info.first_letter,
        base=base[: base.rfind("/") + 1] if base.count("/") > 2 else "",
        project=_project(info),
    )


def _project(info: SiteInfo) -> str:
    """Which project a wiki is of: its database's name says it ("enwikinews"), or its own, or its address."""
    database = info.dbname.lower()
    for project in _PROJECTS:
        if database.endswith(project):
            return project
    named = info.sitename.strip().lower()
    host = urlsplit(info.base).netloc.lower().split(".")
    return next((project for project in _PROJECTS if project == named or project in host), "")


# Names of projects that stand in the names of databases ("frwiktionary"); a Wikipedia is "frwiki".
_PROJECTS = (
    "wikinews", "wikivoyage", "wikisource", "wikibooks", "wikiquote", "wikiversity", "wiktionary", "wikispecies",
    "wikipedia",
)  # fmt: skip


def describe_source(info: SiteInfo, site: Site, file_name: str, options: SourceOptions) -> Source:
    """The source, `file_name` being what is left where the dump does not name itself."""
    host = urlsplit(info.base).netloc.lower()
    parts = host.removeprefix("www.").split(".")
    project = parts[-2] if len(parts) > 1 else ""
    licence = options.licence
    if not licence and project in _SHARE_ALIKE:
        licence = "CC-BY-SA-4.0"
    elif not licence and project == "wikidata":
        licence = "CC0-1.0"
    key = options.key or info.dbname or _host_key(parts) or _stem(file_name)
    title = options.title or _title(info, parts, project) or key
    wikimedia = project in _SHARE_ALIKE or project == "wikidata"
    dated = _DATED.search(file_name)
    return Source(
        key=key,
        title=title,
        format=NAME,
        language=site.language,
        licence=licence,
        publisher="Wikimedia Foundation" if wikimedia else "",
        date="-".join(dated.groups()) if dated else "",
        url=f"{urlsplit(info.base).scheme}://{host}/" if host else "",
        attribution=f"Text by the contributors of {title} ({unquote(host)})." if licence and host else "",
    )


def _title(info: SiteInfo, parts: list[str], project: str) -> str:
    """The wiki's name; the many Wikipedias are told apart by their language."""
    name = info.sitename or ".".join(parts)
    code = parts[0] if len(parts) > 2 and parts[0] != project else ""
    return f"{name} ({code})" if code and project in _SHARE_ALIKE else name


def _host_key(parts: list[str]) -> str:
    """The database name that Wikimedia gives a host: en.wikipedia.org → enwiki; the host itself elsewhere."""
    if len(parts) == 3 and parts[1] in _SHARE_ALIKE:
        family = "wiki" if parts[1] in ("wikipedia", "wikimedia", "mediawiki") else parts[1]
        return parts[0].replace("-", "_") + family
    return ".".join(parts)


def _stem(file_name: str) -> str:
    """A file's name without its date and endings: "mywiki-20240101-pages-articles.xml.bz2" → "mywiki"."""
    stem = re.split(r"\.xml|\.bz2|\.gz|\.xz", file_name)[0]
    return re.sub(r"-(latest|\d{8}|pages-\w+|current|history)\b", "", stem) or "wiki"
