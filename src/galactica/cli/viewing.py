"""The verb that chooses what is trained on: dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.errors import UsageError
from galactica.hints import word
from galactica.model.said import counted

REASONS = {
    "source": "of another source",
    "language": "in another language",
    "licence": "under another licence",
    "quality": "that break a rule of quality",
    "duplicate": "that are in another article too",
    "empty": "without text",
    "copy": "the same as another to the letter",
    "near": "nearly the same as another",
    "evaluation": "mostly in an evaluation set",
    "mix": "in no group of the mix",
    "max-tokens": "beyond the bound on tokens",
}


@verb
def dataset_verb(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="EDITION... OUT.view", help="Editions (paths, names on the shelf) and the view to make."
        ),
    ],
    languages: Annotated[
        list[str] | None, typer.Option("--languages", metavar="TAGS", help="Only these: en,zh-Hant. Repeatable.")
    ] = None,
    licences: Annotated[
        list[str] | None,
        typer.Option("--licences", "--licenses", metavar="NAMES", help="Only these: CC0-1.0,CC-BY-SA-4.0. Repeatable."),
    ] = None,
    sources: Annotated[
        list[str] | None, typer.Option("--sources", metavar="KEYS", help="Only articles of these. Repeatable.")
    ] = None,
    min_quality: Annotated[
        list[str] | None,
        typer.Option(
            "--min-quality",
            metavar="RULE",
            help="gopher, c4, fineweb, all, one heuristic, or words>=100. After galactica join. Repeatable.",
        ),
    ] = None,
    exclude: Annotated[
        list[Path] | None,
        typer.Option(
            "--exclude", metavar="FILE", help="An evaluation set: passages that share text with it are cut. Repeatable."
        ),
    ] = None,
    exclude_words: Annotated[
        int, typer.Option("--exclude-words", metavar="N", min=5, max=50, help="Words in a row that count as shared.")
    ] = 13,
    near: Annotated[
        bool, typer.Option("--near", help="Leave out what is nearly the same as another, in any of the editions.")
    ] = False,
    mix: Annotated[
        list[str] | None,
        typer.Option(
            "--mix", metavar="NAME=WEIGHT", help="Share of a source, language or licence in training. Repeatable."
        ),
    ] = None,
    max_tokens: Annotated[
        int | None, typer.Option("--max-tokens", metavar="N", min=1, help="Take a fair sample of so many tokens.")
    ] = None,
    tokenizer: Annotated[
        Path | None,
        typer.Option("--tokenizer", metavar="FILE", help="tokenizer.json that counts them; else 4 bytes are a token."),
    ] = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Choose what is trained on: a view of editions, which is no copy of them, with its data card.

    The view names records by their hashes. card.md says what is in it, under which licences and what they ask;
    excluded.parquet has a row for whatever was left out, and why. An article whose licence is not stated is refused
    where --licences are asked for. Evaluation sets are SQuAD-style JSON, JSON lines, tables with tabs, or plain text.
    galactica export turns a view into files for other programs.
    """
    from galactica import library
    from galactica.train.views.mixing import read_weight
    from galactica.train.views.qualities import quality_rule

    if len(places) < 2:
        raise UsageError("Editions and the view to make are missing.", "galactica dataset EDITION... OUT.view")
    *named, out = places
    asked = library.ViewFilter(
        languages=tuple(languages or ()),
        licences=tuple(licences or ()),
        sources=tuple(sources or ()),
        min_quality=tuple(map(quality_rule, min_quality or ())),
        exclude=tuple(exclude or ()),
        exclude_words=exclude_words,
        near=near,
        mix=tuple(map(read_weight, mix or ())),
        max_tokens=max_tokens,
        tokenizer=tokenizer,
    )
    with reporting(quiet) as report:
        made = library.make_view(Path(out), chosen(named, shelf), asked, report=report)
    if as_json:
        from galactica.wire.views import view_document

        write_json(view_document(made))
        return
    counts = made.header.counts
    about = "about " if made.header.tokens_by == "estimate" else ""
    write(f"{out}: {counted(counts.documents, 'document')}, {size(counts.bytes)}, {about}{counts.tokens:,} tokens")
    for reason, count in made.left_out:
        tell(f"Left out: {counted(count, 'article')} {REASONS[reason]}.")
    if made.near is not None and made.near.kinds:
        tell(f"Of these, {counted(made.near.across, 'article')} for one of another edition; card.md says what is what.")
    for each in made.excluded:
        tell(
            f"{each.name}: of {counted(each.items, 'text')} {each.found:,} were found, in "
            f"{counted(each.passages, 'passage')}; {each.short:,} are too short to be looked for."
        )
    if made.passages:
        tell(f"{counted(made.passages, 'passage')} were cut out of documents that stay.")
    tell(f"What is in it and what its licences ask: {word(Path(out) / 'card.md')}")
