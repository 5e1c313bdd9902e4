"""Verbs about keys: keys new, list, export, sign. A secret key never leaves its file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ConfigFolder
from galactica.cli.passphrases import PassphraseFile, SigningKeys, new_passphrase, opened_keys
from galactica.cli.rooting import today
from galactica.cli.terminal import one_line, tell, write, write_json
from galactica.errors import MissingError, UsageError
from galactica.placing import check_place, placed

if TYPE_CHECKING:
    from galactica.library.keys import KeptKey


@verb
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call it: letters, digits, - . and _.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The file of the secret key. Default: in your settings."),
    ] = None,
    passphrase_file: PassphraseFile = None,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="Do not encrypt it: whoever reads the file can sign.")
    ] = False,
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make a key that signs. Its secret half is encrypted by a passphrase and stays in its file, for you alone.

    The files are those of minisign, which signs and verifies with them, too.
    """
    from galactica.library import keys

    if no_passphrase and passphrase_file is not None:
        raise UsageError("--no-passphrase and --passphrase-file contradict each other.", "Say one of them.")
    folder = keys.keys_folder(open_settings(config))
    keys.new_key_files(name, folder, out)
    passphrase = None if no_passphrase else new_passphrase(passphrase_file)
    made = keys.new_key(name, folder, passphrase, out=out)
    if as_json:
        _say([made])
        return
    write(described_key(made))
    tell("Keep a copy of the file, and of the passphrase, in another place: nobody can make either again.")
    if no_passphrase:
        tell("It is NOT encrypted: whoever reads the file can sign as you.")


@verb
def list_(config: ConfigFolder = None, as_json: AsJson = False) -> None:
    """Show your keys, by their public halves."""
    from galactica.library import keys

    found = keys.kept_keys(keys.keys_folder(open_settings(config)))
    if as_json:
        _say(found)
        return
    for each in found:
        write(described_key(each))
    if not found:
        tell("You have no keys. Make one: galactica keys new NAME.")


@verb
def export_key(
    name: Annotated[str, typer.Argument(metavar="KEY", help="A name of yours, or a file.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write. Default: standard output.")
    ] = None,
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write the public half of a key, for others to trust: minisign's own form."""
    from galactica.library import keys

    found = keys.public_key(name, keys.keys_folder(open_settings(config)))
    if out is not None:
        check_place(out)
        try:
            with placed(out) as file:
                file.write(found.key.to_text().encode("ascii"))
        except OSError as error:
            raise MissingError(f"{out} could not be written: {error.strerror}.", "Name another file.") from error
    if as_json:
        from galactica.wire.trusted import public_key_document

        write_json(public_key_document(found))
        return
    if out is None:
        write(found.key.to_text().rstrip("\n"))


@verb
def sign_verb(
    place: Annotated[Path, typer.Argument(metavar="PLACE", help="A publication, or the file of a root document.")],
    key: SigningKeys = None,
    release: Annotated[
        str, typer.Option("--release", metavar="NAME", help="Its folder in releases/. Default: the newest.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Sign all its releases.")] = False,
    others: Annotated[
        list[Path] | None,
        typer.Option("--with", metavar="FILE", help="A copy of the root that somebody else has signed. Repeatable."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            "--days", metavar="N", min=1, max=3650, help="How long what is newest holds on line. Default: 90."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before each signature.")] = False,
    passphrase_file: PassphraseFile = None,
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> int:
    """Sign what waits for you: a root document, a release, the list of the newest. Exit code 1 while more must sign.

    You are shown each thing before it is signed. With the key of a server it says anew that this is the newest.
    """
    from galactica.library import keys

    if every and release:
        raise UsageError("--all and --release contradict each other.", "Say one of them.")
    if not key and not others:
        raise UsageError("No key is named.", "Name one: --key KEY.")
    settings = open_settings(config)
    secrets = [secret for secret, _ in opened_keys(key or (), settings, passphrase_file)]
    found = keys.sign_at(
        place,
        secrets,
        now=today(),
        agree=(lambda _: True) if yes else _agree,
        others=others or (),
        release="*" if every else release,
        **({} if days is None else {"days": days}),
    )
    if as_json:
        from galactica.wire.trusted import signed_document

        write_json(signed_document(found))
    else:
        for line in found.signed:
            write(f"Signed: {one_line(line)}")
        for line in found.pending:
            write(f"Waits:  {one_line(line)}")
        if not found.signed and not found.pending:
            tell("Nothing waits for a signature.")
    return 1 if found.pending else 0


def described_key(key: KeptKey) -> str:
    """A key of the person's own, for them."""
    how = "encrypted" if key.encrypted else "NOT encrypted"
    seen = ", READABLE BY OTHERS" if key.exposed else ""
    told = one_line(f"{key.named.name}  {key.named.key.short}  {how}{seen}  {key.file}")
    return f"{told}\n  {key.named.key.line}"


def _agree(told: str) -> bool:
    """Whether the person wants this signed.

    Raises:
        UsageError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise UsageError(f"To be signed: {one_line(told)} Nobody is there to say yes.", "Say it beforehand: --yes.")
    tell(f"To be signed: {one_line(told)}")
    sys.stderr.write("Sign this? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _say(keys: list[KeptKey] | tuple[KeptKey, ...]) -> None:
    from galactica.wire.trusted import own_keys_document

    write_json(own_keys_document(keys))
