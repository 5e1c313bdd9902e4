"""A PAR2 set beside an edition, made by other people's program: `par2` (par2cmdline-turbo, GPL, run as it is).

Who has neither this program nor its restore.py may still have one for PAR2 2.0, which is older than most disks. The
program is started with a fixed list of arguments; nothing of it is linked here.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from galactica.errors import MissingError, UsageError
from galactica.preserve.chosen import protected_files
from galactica.progress import Report, silent

PAR2 = ".par2"
"""What is put behind the name of an edition for the folder of its PAR2 set."""

MOST_FILES = 20_000
"""PAR2 has at most 32,768 blocks, and every file takes at least one."""


def make_par2(edition: Path, percent: int, *, report: Report = silent) -> Path:
    """Make a PAR2 set of the bag of an edition, in a folder beside it.

    Args:
        percent: of the edition's size.
        report: stage "check", bytes.

    Returns:
        The folder.

    Raises:
        UsageError: something stands there, or there are more files than PAR2 takes.
        MissingError: there is no `par2`, or it could not make the set.
    """
    program = par2_program()
    folder = edition.resolve().with_name(f"{edition.resolve().name}{PAR2}")
    if os.path.lexists(folder):
        raise UsageError(f"{folder} is there already.", "Move it away; nothing is ever replaced.")
    files = [edition.resolve() / each.path for each in protected_files(edition, index=False, report=report)]
    if len(files) > MOST_FILES:
        raise UsageError(f"PAR2 takes at most {MOST_FILES:,} files.", "Leave --par2 out.")
    work = folder.with_name(f"{folder.name}.protecting")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    base = edition.resolve().parent
    command = [program, "create", "-q", "-q", f"-r{percent}", "-B", str(base), str(work / "edition.par2")]
    names = [str(path.relative_to(base)) for path in files if path.stat().st_size]
    done = subprocess.run([*command, *names], cwd=base, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(work, ignore_errors=True)
        said = (done.stderr or done.stdout).strip().splitlines()
        raise MissingError(f"par2 could not make the set: {said[-1] if said else done.returncode}.", "See its message.")
    work.rename(folder)
    return folder


def par2_program() -> str:
    """The path of `par2`: the one that its package carries, beside this Python, or on the person's path.

    Raises:
        MissingError: it is not installed.
    """
    name = "par2.exe" if os.name == "nt" else "par2"
    package = importlib.util.find_spec("par2")
    inside = (
        [Path(place) / "binaries" / name for place in (package.submodule_search_locations or ())] if package else []
    )
    for each in (*inside, Path(sys.executable).with_name(name)):
        if each.is_file():
            return str(each)
    found = shutil.which("par2")
    if not found:
        raise MissingError(
            "The program par2 is not installed.", "Install it: pip install 'galactica[preserve]' (or par2cmdline)."
        )
    return found
