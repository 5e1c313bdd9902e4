"""Target of the fuzzer: any bytes as settings: YAML, TOML, INI, properties."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import settings_files

SEEDS = (
    b"a: &x {b: 1.10, c: [d, e]}\nf:\n  <<: *x\n  g: |\n    h\n---\n- i\n",
    b'title = "a"\n[[b]]\nc.d = 1.50\n[e]\nf = 2024-05-03\n',
    b"; a\n[b]\nc = d\n  e\nf: g\n",
    b"a.b = c\\u00e9 \\\n  d\n! e\n",
)
PIECES = (
    "a: ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "&a ", "*a", "<<: *a\n", "? ", "|\n", ">\n", '"', "'", "#", "!", "---\n", "a = 1\n", "[a]\n",
    "[[a]]\n", "a.", "=", "\\", "\\u0041", ":", ";", "x", "\t", "a: a\n", "1", '"""', "%YAML 1.1\n",
)  # fmt: skip

READINGS = 4


def one(data: bytes) -> None:
    """Read `data` as each of them."""
    for name in ("t.yaml", "t.toml", "t.ini", "t.properties"):
        reading.read(settings_files.LEAF, data, name)
