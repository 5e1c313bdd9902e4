"""The verbs that read, over a static edition: one that lies at an address, or in a folder laid out for one.

`-e http://HOST/static/`, `-e FOLDER`; behind a `#` the root, where the person knows it. Only the bytes that are
needed are read, and every one is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.cli.terminal import one_line, size, tell_note, write, write_json
from galactica.errors import GalacticaError, UsageError
from galactica.hints import word

if TYPE_CHECKING:
    from galactica.library import StaticReader


def named_afar(named: Sequence[str] | None) -> str:
    """The static edition that is named among editions; "" where none is.

    Raises:
        UsageError: one is named beside others.
    """
    several = list(named or ())
    if not any(_may_be_static(each) for each in several):
        return ""
    from galactica.library import is_static

    found = [each for each in several if is_static(each)]
    if found and len(several) > 1:
        raise UsageError("A static edition is read by itself.", "Name it alone, or fetch it: galactica fetch.")
    return found[0] if found else ""


def _may_be_static(named: str) -> bool:
    """Whether it is worth loading what knows static editions."""
    plain = Path(named.partition("#")[0])
    return "://" in named or (plain / "manifest.json").is_file() or (plain / "static" / "manifest.json").is_file()


@contextmanager
def opened_afar(named: str) -> Iterator[StaticReader]:
    """The static edition, open; what is to be known of it is told."""
    from galactica import library

    with library.open_static(named, kept=library.kept_folder(), store=library.static_trust()) as reader:
        for note in reader.notes:
            tell_note(note)
        yield reader


def info_afar(named: str, *, as_json: bool) -> None:
    """What a static edition holds."""
    with opened_afar(named) as reader:
        about = reader.info
        if as_json:
            from galactica.wire.edition import info_document

            write_json(info_document([(Path(reader.where), about, None)]))
            return
        write(f"{about.title or reader.where}")
        write(f"  static     {reader.where}")
        write(f"  root       {about.root}")
        if about.parent:
            write(f"  parent     {about.parent}")
        write(f"  edition    number {about.number:,}, format {about.format_version}")
        write(f"  articles   {about.articles:,}")
        write(f"  size       {size(about.bytes)}")
        write(f"  languages  {', '.join(f'{tag} {count:,}' for tag, count in about.languages)}")
        write(f"  licences   {', '.join(about.licences) or 'not stated'}")
        for source in about.sources:
            facts = ", ".join(fact for fact in (source.format, source.date, source.licence, source.url) if fact)
            write(f"  source     {one_line(source.title or source.key)} [{source.key}] ({facts})")


def read_afar(named: str, title: str, *, form: str) -> None:
    """An article of a static edition.

    Args:
        form: "md", "html", "text" or "json".
    """
    from galactica.model.projection import project

    with opened_afar(named) as reader:
        article = reader.find(title)
        if article is None:
            near = ", ".join(dict.fromkeys(each.title for each in reader.suggest(title, limit=5)))
            raise GalacticaError(
                f"There is no article called {title}.",
                f"Did you mean: {near}?" if near else f"Try: galactica search -e {word(named)} {word(title)}",
            )
        below = "— " + ", ".join(one_line(fact) for fact in reader.origin(article) if fact)
        if form == "json":
            from galactica.library import StatedElsewhere
            from galactica.wire.article import article_text_document

            nothing = StatedElsewhere()
            source, text = reader.source(article.source), project(article.body)
            write_json(
                article_text_document(reader.root, article, source, None, stated=nothing, text=text, passages=())
            )
        elif form == "html":
            import html

            name = html.escape(article.title)
            write(
                f'<!DOCTYPE html>\n<html lang="{html.escape(article.language)}">\n<meta charset="utf-8">\n'
                f"<title>{name}</title>\n<h1>{name}</h1>\n{article.body}\n</html>"
            )
        elif form == "md":
            from galactica.model.markdown import to_markdown

            write(f"# {one_line(article.title)}\n\n{to_markdown(article.body)}\n\n{below}")
        else:
            write(f"{one_line(article.title)}\n\n{project(article.body)}\n\n{below}")
