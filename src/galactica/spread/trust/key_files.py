"""Keys in files: NAME.key, readable for its owner alone, and NAME.pub beside it, in minisign's own forms.

Rule 1: a file of a secret key is never written over, and never through a link; it has its name when it is whole.
Rule 2: nobody but its owner may read it (POSIX mode 0600) from the moment that it is there.
Rule 3: what is told of a secret key is its public key, and nothing else.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.files import PART
from galactica.errors import InputError, MissingError, UsageError
from galactica.placing import check_home, check_place
from galactica.spread.trust.minisign import MOST_PUBLIC, PublicKey
from galactica.spread.trust.roots import NamedKey
from galactica.spread.trust.secret import MEMORY, MOST_SECRET, WORK, SecretKey, is_encrypted, secret_from_text

SECRET, PUBLIC_ENDING = ".key", ".pub"
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")
_FOLDER = 0o700
_FILE = 0o600

Passphrase = Callable[[Path], bytes]
"""Asks for the passphrase of the key in a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """A secret key's file, by its public half.

    Attributes:
        named: the public key, called like the file.
        file: of the secret key.
        encrypted: whether a passphrase is asked for.
        exposed: whether others on this machine may read the file.
    """

    named: NamedKey
    file: Path
    encrypted: bool
    exposed: bool


def new_key_files(name: str, folder: Path, out: Path | None = None) -> tuple[Path, Path]:
    """The files that a new key gets, of its secret and its public half; asked before anybody is asked for a passphrase.

    Args:
        name, folder, out: as for `new_key`.

    Raises:
        UsageError: the name is none, or is taken.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name of a key.", "Use up to 64 letters, digits, - . and _, a letter or digit first."
        )
    file = out if out is not None else folder / f"{name}{SECRET}"
    public = file.with_suffix(PUBLIC_ENDING) if file.suffix == SECRET else Path(f"{file}{PUBLIC_ENDING}")
    if out is None and file.is_file() and not file.is_symlink():
        raise UsageError(
            f"You have a key called {name} already: {file}.",
            "Give the new one another name; without the old one nobody signs what it began.",
        )
    return file, public


def new_key(
    name: str,
    folder: Path,
    passphrase: bytes | None,
    *,
    out: Path | None = None,
    work: int = WORK,
    memory: int = MEMORY,
) -> KeptKey:
    """Make a key and write its two files.

    Args:
        name: what it is called: letters, digits, "-", "." and "_".
        folder: of the person's keys; made, for its owner alone, where it is not there.
        passphrase: encrypts it; None: it is not encrypted, because the person said so.
        out: the file of the secret key, where it is to lie elsewhere.
        work, memory: what scrypt takes, as `SecretKey.to_text` has it.

    Raises:
        UsageError: the name is none, or there is something at the place.
        MissingError: the files cannot be written.
    """
    file, public = new_key_files(name, folder, out)
    try:
        if out is None:
            check_home(folder, "GALACTICA_CONFIG")
            folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
        for each in (file, public):
            check_place(each)
        made = SecretKey.new()
        _write_secret(file, made.to_text(passphrase, work=work, memory=memory))
        with public.open("x", encoding="ascii", newline="\n") as stream:
            stream.write(made.public.to_text())
    except OSError as error:
        raise MissingError(
            f"{error.filename or file} cannot be written: {error.strerror}.", "Name another file: --out FILE."
        ) from error
    return _kept(file, NamedKey(key=made.public, name=name), passphrase is not None)


def open_key(file: Path, ask: Passphrase) -> SecretKey:
    """The secret key in a file.

    Args:
        ask: called where it is encrypted.

    Raises:
        InputError: the file cannot be read, or holds no secret key.
        UsageError: the passphrase is wrong.
        LimitError: opening it would take more memory than this program allows.
    """
    text = _text(file, MOST_SECRET)
    return secret_from_text(text, ask(file) if is_encrypted(text) else None)


def kept_keys(folder: Path) -> tuple[KeptKey, ...]:
    """The person's keys, by name. One whose public half is missing or damaged is left out.

    Raises:
        InputError: a file cannot be read.
    """
    found = []
    for file in sorted(folder.glob(f"*{SECRET}")) if folder.is_dir() else ():
        try:
            key = PublicKey.from_text(_text(file.with_suffix(PUBLIC_ENDING), MOST_PUBLIC))
            encrypted = is_encrypted(_text(file, MOST_SECRET))
        except (InputError, ValueError):
            continue
        found.append(_kept(file, NamedKey(key=key, name=file.stem), encrypted))
    return tuple(found)


def secret_file(name: str, folder: Path) -> Path:
    """The file of the secret key that a person means: a path, or the name of one of their keys.

    Raises:
        UsageError: there is none.
    """
    for each in (Path(name), folder / f"{name}{SECRET}"):
        if each.is_file():
            return each
    raise UsageError(f"There is no secret key {name}.", _told(folder))


def public_key(name: str, folder: Path) -> NamedKey:
    """The public key that a person means: a line as minisign shows it, a file, or the name of one of their keys.

    Raises:
        UsageError: there is none, or it is no public key.
    """
    called, found = name.rpartition("=")[0::2] if _given_a_name(name) else ("", name)
    try:
        return NamedKey(key=PublicKey.from_line(found), name=called)
    except ValueError:
        pass
    for each in (Path(found), folder / f"{found}{PUBLIC_ENDING}"):
        if each.suffix == SECRET and each.with_suffix(PUBLIC_ENDING).is_file():
            each = each.with_suffix(PUBLIC_ENDING)
        if each.is_file():
            try:
                return NamedKey(key=PublicKey.from_text(_text(each, MOST_PUBLIC)), name=called or each.stem)
            except (ValueError, InputError) as error:
                raise UsageError(f"{each} is no public key: {error}.", "Name the .pub file of one.") from error
    raise UsageError(f"There is no public key {name[:200]}.", _told(folder))


def passphrase_from(environment: Mapping[str, str], file: Path | None) -> bytes | None:
    """The passphrase that a script gives: the first line of a file, else GALACTICA_PASSPHRASE; None: it gives none.

    Raises:
        InputError: the file cannot be read.
    """
    if file is not None:
        return _text(file, MOST_SECRET).split("\n", 1)[0].rstrip("\r").encode()
    given = environment.get("GALACTICA_PASSPHRASE")
    return None if given is None else given.encode("utf-8", "surrogateescape")


def _given_a_name(text: str) -> bool:
    """Whether it is NAME=KEY; a line of base64 may end with an equals sign, which names nothing."""
    return "=" in text.rstrip("=") and not Path(text).exists()


def _told(folder: Path) -> str:
    names = ", ".join(each.named.name for each in kept_keys(folder)[:20])
    return f"Your keys: {names}." if names else "Make one: galactica keys new NAME."


def _kept(file: Path, named: NamedKey, encrypted: bool) -> KeptKey:
    mode = file.stat().st_mode
    exposed = os.name == "posix" and bool(stat.S_IMODE(mode) & 0o077)
    return KeptKey(named=named, file=file, encrypted=encrypted, exposed=exposed)


def _write_secret(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.{os.getpid()}{PART}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, flags, _FILE), "wb") as stream:
            stream.write(text.encode("ascii"))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(part, file, follow_symlinks=False)
        except FileExistsError:
            check_place(file)
            raise
        except (OSError, NotImplementedError):  # a file system without links: looked at a moment ago
            part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def _text(file: Path, most: int) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Name the file of a key.") from error
    try:
        if len(raw) > most:
            raise ValueError
        return raw.decode("utf-8")
    except ValueError:
        raise InputError(f"{file} is no file of a key.", "Name the file of a key.") from None
