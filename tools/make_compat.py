"""Make the small edition that stays in the tests for ever, once for each version of the format.

    python tools/make_compat.py tests/compat/edition-v2

Refuses to write where something lies: an edition of an old version is never made again. Its sources are written here.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import pyarrow as pa

from galactica.edition import Edition
from galactica.edition.bag import write_bag
from galactica.edition.layout import shard_name
from galactica.edition.write import (
    About,
    EditionWriter,
    make_folders,
    write_articles,
    write_media,
    write_passages,
    write_signals,
)
from galactica.library import build
from galactica.model import Qualifier, SourceStatement

PAGES = {
    "index.html": '<html lang="en"><title>The harbour</title><p>The harbour lies at <a href="b/zh.html">the bay</a>. '
    'Its depth is 12<sup>3</sup> cm.</p><span id="page:2"></span><h2>Boats</h2><table>'
    '<tr><th colspan="2">Boat</th></tr>'
    '<tr><td>Anna</td><td>4 m</td></tr></table><p><img src="boat.png" alt="A boat"></p></html>',
    "b/zh.html": '<html lang="zh-Hans"><title>海湾</title><p>海湾很深。港口在海湾边。</p></html>',
    "note.md": "# A note\n\nBoats *leave* at six.\n",
}
LOGS = [
    {
        "title": f"Day {day}",
        "text": f"The boat sailed {day * 10} miles.",
        "path": f"log/{day}",
        "work": "log",
        "part": day,
        "headings": ["The voyage"],
        "creators": ["Ada Lind"],
        "published": "1843-05",
        "identifiers": ["wikidata:Q1"],
    }
    for day in (2, 1)
]
STATEMENT = SourceStatement(
    source="harbour",
    path="depth",
    subject="path:index.html",
    property="depth",
    kind="quantity",
    value="17.28",
    unit="m",
    bounds=("17", "18"),
    qualifiers=(Qualifier(property="at", kind="time", value="1843"),),
    references=((Qualifier(property="by", kind="text", value="Ada Lind"),),),
    text="The depth is 17.28 m.",
)
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55")


def main(out: Path) -> None:
    """Write the edition."""
    if out.exists():
        sys.exit(f"{out} exists; editions of old versions are never made again")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "harbour"
        for name, text in PAGES.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        (source / "boat.png").write_bytes(PICTURE)
        (source / "logs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in LOGS), encoding="utf-8")
        built = Path(folder) / "built.edition"
        build(built, [source], title="The harbour", language="en", licence="CC0-1.0", workers=0, meaning=False)
        sys.stdout.write(f"{rewrite(built, out)}\n")


def rewrite(built: Path, out: Path) -> str:
    """Write an edition again with what no source gives yet: a statement. Returns its root."""
    with Edition.open(built) as edition:
        make_folders(out / "data")
        articles = [article for _, article in edition.scan()]
        name = shard_name(0)
        leaves = write_articles(out / "data" / "articles" / name, [articles], typical=1000)
        write_signals(out / "data" / "signals" / name, leaves, [edition.inputs(row) for row in range(len(articles))])
        spans = [edition.spans(row) for row in range(len(articles))]
        lists = tuple(pa.array([each[side] for each in spans], pa.list_(pa.int32())) for side in (0, 1))
        passages = write_passages(out / "data" / "passages" / name, [(lists[0], lists[1])], first=0)
        media = sorted(edition.media.items(), key=lambda pair: pair[0].hash)
        write_media(
            out / "data" / "media" / name,
            ({"hash": item.hash, "mime": item.mime, "content": content} for item, content in media),
        )
        writer = EditionWriter(out)
        writer.sources(edition.sources)
        writer.works(edition.works())
        writer.statements([STATEMENT])
        writer.files(sorted((s, p, item.hash) for item, _ in media for s, p in item.names))
        writer.media((item.hash, item.mime, item.size) for item, _ in media)
        order = sorted(range(len(articles)), key=lambda row: articles[row].id)
        writer.articles(leaves[row] for row in order)
        stated = edition.statement
        root = writer.finish(
            About(
                title=stated.title,
                languages=stated.languages,
                licences=stated.licences,
                parent="",
                number=1,
                shards=stated.shards,
                counts=[("passages", passages), ("aliases", stated.count("aliases"))],
                left_out=(),
                program=stated.program,
            )
        )
    write_bag(out, title=stated.title, root=root)
    return root


if __name__ == "__main__":
    main(Path(sys.argv[1]))
