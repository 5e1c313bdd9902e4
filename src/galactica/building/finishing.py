"""The last of a build: the small tables are written, and `edition.json` with the root that all tables give."""

from __future__ import annotations

import json
from pathlib import Path

from galactica import __version__
from galactica.building.accounting import sum_up
from galactica.building.ledger import Ledger
from galactica.edition.info import EditionHeader
from galactica.edition.write import About, EditionWriter
from galactica.model import FilesOfKind

_PROGRAM = f"galactica {__version__}"


def finish(
    ledger: Ledger, folder: Path, *, title: str, parent: EditionHeader | None, shards: tuple[int, ...], passages: int
) -> str:
    """Write all tables but those of articles and media, which are there already, and `edition.json`.

    Args:
        folder: of the edition in the making.
        title: what the edition is called.
        parent: the edition that it was built upon.
        shards: articles in each shard.
        passages: how many all articles have.

    Returns:
        The root, 64 hex digits.
    """
    writer = EditionWriter(folder)
    sources = ledger.sources()
    writer.sources(sources)
    writer.works(ledger.works())
    writer.statements(ledger.statements())
    writer.files(ledger.files())
    writer.media(ledger.media())
    writer.articles(leaf for _, leaf in ledger.leaves())
    writer.dropped(ledger.dropped())
    writer.rejected(ledger.rejected())
    licences = {each.licence for each in sources} | {each.licence for each in ledger.works()} | {*ledger.licences()}
    return writer.finish(
        About(
            title=title,
            languages=ledger.languages(),
            licences=sorted(licences - {""}),
            parent=parent.root if parent else "",
            number=parent.number + 1 if parent else 1,
            shards=shards,
            counts=(
                ("passages", passages),
                ("rejected", ledger.count("rejected")),
                ("aliases", ledger.written_aliases()),
                ("bycatch", ledger.bycatch()),
            ),
            left_out=sum_up(*ledger.left_out(json.loads(ledger.meta("folders") or "[]")), ledger.links.kept()),
            files=tuple(FilesOfKind(**each) for each in json.loads(ledger.meta("files") or "[]")),
            program=_PROGRAM,
        )
    )
