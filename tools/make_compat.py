"""Make the small edition that stays in the tests for ever, once for each version of the format.

    python tools/make_compat.py tests/compat/edition-v1

Refuses to write where something lies: an edition of an old version is never made again. Its sources are written here.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from galactica.library import build

PAGES = {
    "index.html": '<html lang="en"><title>The harbour</title><p>The harbour lies at <a href="b/zh.html">the bay</a>. '
    'Its depth is 12<sup>3</sup> cm.</p><h2>Boats</h2><table><tr><th colspan="2">Boat</th></tr>'
    '<tr><td>Anna</td><td>4 m</td></tr></table><p><img src="boat.png" alt="A boat"></p></html>',
    "b/zh.html": '<html lang="zh-Hans"><title>海湾</title><p>海湾很深。港口在海湾边。</p></html>',
    "note.md": "# A note\n\nBoats *leave* at six.\n",
}
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
        info = build(out, [source], title="The harbour", language="en", licence="CC0-1.0", workers=0)
    shutil.rmtree(out / "index")  # derived, and of its own version
    sys.stdout.write(f"{info.root}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
