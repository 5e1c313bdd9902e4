"""Which program this is, as far as its results depend on it: machines that differ must not build one edition together.

The version says it for a release; between releases the code itself is compared, with every rule, table of words and
recipe that stands in it. Libraries count whose next version may clean, split or spell a text otherwise.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from galactica import __version__

LIBRARIES = (
    *("langcodes", "markdown-it-py", "nh3", "numpy", "opencc", "py3langid", "pyarrow", "pypinyin"),
    *("rapidfuzz", "selectolax", "tokenizers", "webencodings"),
)
_CODE = (".py", ".toml", ".json", ".csv", ".tsv")
_JOINT = ", "


@cache
def this_program() -> str:
    """This program in one line: its version, its code, Python's version, and those of libraries."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in sorted(each for each in package.rglob("*") if each.suffix in _CODE):
        digest.update(f"{file.relative_to(package).as_posix()} {file.stat().st_size}\n".encode())
        digest.update(file.read_bytes())
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    own = (f"galactica {__version__}", f"code {digest.hexdigest()[:12]}", python)
    return _JOINT.join((*own, *(f"{name} {_version(name)}" for name in LIBRARIES)))


def difference(here: str, there: str) -> tuple[str, str]:
    """What of two programs differs: (as it is here, as it is there)."""
    own, other = here.split(_JOINT), there.split(_JOINT)
    return (
        _JOINT.join(each for each in own if each not in other) or here,
        _JOINT.join(each for each in other if each not in own) or there,
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
