"""Verbs by which editions travel: publish, fetch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import one_chosen, open_settings
from galactica.cli.ending import verb
from galactica.cli.making import NoMeaning
from galactica.cli.options import AsJson, ConfigFolder, EncoderName, Quiet, ShelfFolder
from galactica.cli.passphrases import PassphraseFile, SigningKeys, opened_keys
from galactica.cli.progress import reporting
from galactica.cli.reading import part_of
from galactica.cli.terminal import notes, one_line, size, tell, write, write_json
from galactica.hints import word
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import PublishedRelease

Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes. Default: one a core.")
]
UNSIGNED = (
    "NOBODY HAS SIGNED it: whoever fetches it must compare its root with one that they know by another way. "
    "To sign it: galactica keys new NAME, then the same command with --key NAME."
)


@verb
def publish_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to publish in; others may be there.")],
    key: SigningKeys = None,
    passphrase_file: PassphraseFile = None,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", metavar="FILE", help="What travels first. Default: safety and medicine."),
    ] = None,
    parent: Annotated[
        list[str] | None,
        typer.Option(
            "--parent",
            metavar="EDITION|N",
            help="Publish a delta from an older edition, or from each of the N newest releases there. Repeatable.",
        ),
    ] = None,
    prune: Annotated[
        int | None, typer.Option("--prune", metavar="N", min=1, help="Keep the newest N releases alone.")
    ] = None,
    static: Annotated[
        bool,
        typer.Option("--static", help="Lay it out in DIR/static, too, to be searched and read there by ranges alone."),
    ] = False,
    workers: Workers = None,
    shelf: ShelfFolder = None,
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Publish an edition in a folder that any web server, bucket or stick can carry, and that nobody has to trust.

    Stopped at any moment, the same command goes on; what others fetch meanwhile is the release before. Each release has
    a higher number than the one before it; packs that did not change are shared.
    """
    from galactica import library

    path = one_chosen(edition, shelf)
    keys = opened_keys(key or (), open_settings(config), passphrase_file)
    parents = [_origin(each, shelf) for each in parent or ()]
    with notes() as note, reporting(quiet) as report:
        found = library.publish(
            path,
            folder,
            keys=keys,
            policy=policy,
            parents=parents,
            static=static,
            keep=prune,
            workers=workers,
            report=report,
            note=note,
        )
    if as_json:
        from galactica.wire.spread import publish_document

        write_json(publish_document(folder, found))
        return
    _tell_published(folder, found)
    if static:
        write(f"To be searched and read there: {folder / 'static'}")


def _origin(named: str, shelf: Path | None) -> Path | int:
    return int(named) if named.isascii() and named.isdigit() else one_chosen(named, shelf)


def _tell_published(folder: Path, found: PublishedRelease) -> None:
    release = found.release
    objects = counted(len(release.objects), "object")
    write(f"{folder}: number {release.number} of {one_line(release.title)}, {objects}, {size(found.bytes)}")
    if not found.new:
        write("It was published there already; what it travels in stays as it is.")
    elif found.added < found.bytes:
        write(f"Of these {size(found.added)} are new; the rest it has in common with what was there.")
    if any(found.pruned):
        write(f"Taken away: {counted(found.pruned[0], 'release')}, {counted(found.pruned[1], 'object')}.")
    write(f"Root: {release.root}")
    if found.signed:
        write(f"Signed: {counted(len(found.signed), 'signature')} beside it.")
    else:
        tell(UNSIGNED)


@verb
def fetch_verb(
    source: Annotated[str, typer.Argument(metavar="URL|DIR", help="A publication: an address, or a folder or stick.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to make, by custom NAME.edition.")],
    mirror: Annotated[
        list[str] | None,
        typer.Option("--mirror", metavar="URL|DIR", help="The same publication elsewhere. Repeatable."),
    ] = None,
    root: Annotated[
        str, typer.Option("--root", metavar="ROOT", help="The edition's root as you know it; then no key is asked for.")
    ] = "",
    number: Annotated[
        int, typer.Option("--number", metavar="N", min=0, help="This edition and not the newest.", show_default=False)
    ] = 0,
    share: Annotated[
        float,
        typer.Option(
            "--share", metavar="PERCENT", min=0.01, max=100, help="The most important part alone; more can follow."
        ),
    ] = 100,
    offline: Annotated[
        bool, typer.Option("--offline", help="What a mirror says of what is newest may have expired.")
    ] = False,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Names and redirects may lead to this machine or its own network.")
    ] = False,
    workers: Workers = None,
    no_meaning: NoMeaning = False,
    encoder: EncoderName = "",
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Fetch an edition, check that it is the one that was published, and put it together.

    Mirrors need not be trusted: one that sends something else is left and said. What vouches for the edition is said:
    the root that you name, keys that you trust, its first use, or nobody. Stopped at any moment, the same command goes
    on. With --share, what arrived is an edition that is read, searched and asked like any, and knows what it lacks.
    """
    from galactica import library

    settings = open_settings(config)
    with notes() as note, reporting(quiet) as report:
        found = library.fetch(
            [source, *(mirror or ())],
            out,
            root=root,
            number=number,
            share=share / 100,
            offline=offline,
            allow_local=allow_local,
            settings=settings,
            meaning=not no_meaning,
            encoder=encoder or settings.encoder,
            workers=workers,
            report=report,
            note=note,
        )
    made = library.info(out)
    if as_json:
        from galactica.wire.spread import fetch_document

        write_json(fetch_document(out, found, made))
        return
    languages = ", ".join(f"{tag} {count:,}" for tag, count in made.languages[:8])
    came = f"{size(found.fetched)} fetched" + (f", {size(found.there)} were there" if found.there else "")
    write(f"{out}: {counted(made.articles, 'article')} ({languages}), {size(made.bytes)}; {came}")
    if found.partial is not None:
        write(f"It is a part of {part_of(found.partial)}.")
        tell(f"The rest: galactica fetch {word(source)} {word(out)}")
    write(f"Root: {made.root}")
