"""Verbs that say whether something is what it should be: verify (an edition, or a proof), prove."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen, one_chosen
from galactica.cli.ending import verb
from galactica.cli.exporting import NAMES_OF_OUTPUT
from galactica.cli.making import SHOWN
from galactica.cli.options import AsJson, Editions, NamedEditions, OfSource, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, size, tell, write, write_json
from galactica.errors import ProofError, UsageError
from galactica.faults import not_written
from galactica.hints import word
from galactica.model.said import counted
from galactica.placing import check_place, placed

if TYPE_CHECKING:
    from galactica.library import Problem, Proven

TITLES = 20
"""Of damaged articles in one line."""

COMPARE = (
    "Nothing is proved yet: compare this root with the one that whoever made the edition gives, or add --root ROOT."
)


@verb
def verify_verb(
    named: NamedEditions = None,
    editions: Editions = None,
    proof: Annotated[
        str, typer.Option("--proof", metavar="FILE", help="Check this proof in place of editions; - is standard input.")
    ] = "",
    root: Annotated[
        str, typer.Option("--root", metavar="ROOT", help="With --proof: the edition's root as you know it.")
    ] = "",
    show: Annotated[bool, typer.Option("--show", help="With --proof: show the text of the article too.")] = False,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Check every byte and every record; exit code 1 when something is damaged, and which article it is.

    With --proof, a proof that galactica prove made is checked without the edition; exit code 1 when it does not hold,
    or is one of another edition than that of --root.
    """
    from galactica import library

    if proof:
        if named or editions:
            raise UsageError("A proof is checked without an edition.", "Name either --proof FILE or editions.")
        return _verify_proof(proof, root, show, as_json)
    if root or show:
        raise UsageError("--root and --show say something of a proof.", "Add --proof FILE.")
    found = []
    for path in chosen([*(named or ()), *(editions or ())], shelf, heed=False, older=True):
        with reporting(quiet) as report:
            found.append((path, library.verify(path, report=report)))
    whole = all(result.ok for _, result in found)
    if as_json:
        from galactica.wire.checks import verification_document

        write_json(verification_document(found))
        return 0 if whole else 1
    for path, result in found:
        if result.ok:
            looked = f"{counted(result.articles, 'article')} in {counted(result.files, 'file')}"
            write(f"{path}: whole. {looked}, root {result.root}")
            continue
        lines = damage_lines(result.problems)
        write(f"{path}: DAMAGED in {len(lines):,} {'files' if len(lines) > 1 else 'file'}.")
        for line in lines[:SHOWN]:
            write(f"  {line}")
        if len(lines) > SHOWN:
            write(f"  … and {len(lines) - SHOWN:,} more; --json lists all.")
        tell(_mending(path, result.problems))
    return 0 if whole else 1


def _mending(path: Path, problems: Sequence[Problem]) -> str:
    """Which command mends what was found damaged."""
    parts = {problem.where.split("/")[0] for problem in problems}
    if parts == {"joined"}:
        folders = sorted({"/".join(problem.where.split("/")[:2]) for problem in problems})
        return (
            "Only what is joined is damaged, and it is made of the articles. Remove "
            f"{', '.join(str(path / folder) for folder in folders)} and make it again: galactica join {word(path)}"
        )
    if parts == {"index"}:
        return f"Only the index is damaged, and it is made of the articles. Make it again: galactica index {word(path)}"
    return (
        f"Put it right, from another copy or its parity: galactica repair {word(path)} --from COPY\n"
        "Where there is neither, fetch or build the edition again."
    )


def damage_lines(problems: Sequence[Problem]) -> list[str]:
    """What is wrong, a line for each file: every kind of fault in it once, and the articles that are concerned."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for problem in problems:
        faults, articles = found.setdefault(problem.where, ({}, {}))
        faults[problem.what] = None
        if problem.article:
            articles[problem.article] = None
    lines: list[str] = []
    for where, (faults, articles) in found.items():
        more = f" and {len(articles) - TITLES:,} more" if len(articles) > TITLES else ""
        named = f". Articles: {', '.join(list(articles)[:TITLES])}{more}" if articles else ""
        lines.append(one_line(f"{where}: {'; '.join(faults)}{named}"))
    return lines


def _verify_proof(name: str, root: str, show: bool, as_json: bool) -> int:
    """Check a proof and say what it shows."""
    from galactica import library

    try:
        found = library.verify_proof(sys.stdin.buffer if name == "-" else Path(name), root=root)
    except ProofError as error:
        if as_json:
            from galactica.wire.checks import unproven_document

            write_json(unproven_document(name, error.problem, error.remedy))
        else:
            write(f"{name}: DOES NOT HOLD. {error.problem}")
            tell(error.remedy)
        return error.exit_code
    text = library.proven_text(found) if show else None
    if as_json:
        from galactica.wire.checks import proof_document

        write_json(proof_document(name, found, text))
        return 0
    verdict = "holds." if found.compared else "agrees with itself."
    write("\n".join([f"{name}: {verdict}", *_lines(found)]))
    if not found.compared:
        write(COMPARE)
    if text is not None:
        write(f"\n{text}")
    elif show:
        tell("There is no text to show: what is proved is no article, or its body is not in the form that bodies have.")
    return 0


def _lines(found: Proven) -> Iterator[str]:
    """What a proof shows, for a person."""
    for name, value in _names(found):
        yield f"  {name:<10} {one_line(value)}"
    source = found.source
    if source is not None:
        facts = ", ".join(fact for fact in (source.date, source.licence, source.url) if fact)
        yield one_line(f"  source     {source.title or source.key} [{source.key}]{f' ({facts})' if facts else ''}")
    if found.work is not None:
        yield one_line(f"  part of    {found.work.title}")
    yield one_line(f"  edition    {found.edition or '(without a title)'}, number {found.number}")
    yield f"  place      {found.index + 1:,} of {found.count:,} {found.table}"
    yield f"  root       {found.root}{' (the one that you named)' if found.compared else ''}"


def _names(found: Proven) -> list[tuple[str, str]]:
    """(what it is, what it is called) of what a proof shows, most telling first."""
    wanted = ("title", "path", "key", "hash", "id", "subject", "property", "value", "mime", "url", "modified")
    named = [(name, found.fields[name]) for name in wanted if name in found.fields]
    return [
        (name, each.hex() if isinstance(each, bytes) else str(each))
        for name, each in named
        if isinstance(each, str | bytes | int)
    ]


@verb
def prove_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    wanted: Annotated[
        list[str], typer.Argument(metavar="TITLE|ID|PATH", help="A title, another title of it, an id, or a path.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write. Default: standard output.")
    ] = None,
    table: Annotated[
        str,
        typer.Option(
            "--table",
            metavar="TABLE",
            help="Prove what is no article: files, statements and works by path, media by SHA-256, sources by key.",
        ),
    ] = "articles",
    source: OfSource = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace FILE if it is one. A link, device or folder never is.")
    ] = False,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write a proof that an article is part of an edition: a small file that is checked without the edition.

    It holds the article itself, its source and licence, and what leads from them to the edition's root. Whoever gets it
    checks it with galactica verify --proof FILE --root ROOT.
    """
    from galactica import library

    flows = out is None or str(out) in NAMES_OF_OUTPUT
    if flows and as_json:
        raise UsageError("The proof and --json both want standard output.", "Name a file: -o FILE.")
    if out is not None and not flows:
        check_place(out, force="--force", replace=force)
    path = one_chosen(edition, shelf)
    with reporting(quiet) as report:
        made = library.prove(path, " ".join(wanted), table=table, source=source, report=report)
    text = made.to_json()
    if out is None or flows:
        sys.stdout.buffer.write(text.encode("ascii"))  # as it is, on every system
        tell(f"A proof of {size(len(text))}, root {made.root}")
        return
    _save(text, out, force)
    if as_json:
        from galactica.wire.program import ProofFileDocument

        table_of = made.members[0].table
        write_json(ProofFileDocument(path=str(out), bytes=len(text), root=made.root, table=table_of))
        return
    write(f"{out}: {size(len(text))}, root {made.root}")


def _save(text: str, out: Path, force: bool) -> None:
    """Write a proof under its name when it is whole."""
    try:
        with placed(out, force="--force", replace=force) as file:
            file.write(text.encode("ascii"))
    except OSError as error:
        raise not_written(out, error) from error
