"""The network is used in one place, and nothing that reads loads it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import galactica

SOURCE = Path(galactica.__file__).parent
OPENS = re.compile(r"^\s*(?:import|from) (?:http\.client|urllib\.request|httpx2?|requests|ssl|ftplib|smtplib)\b", re.M)
ALLOWED = {
    "network/connection.py": "follows and fetches what a person named",
    "ask/models/gate.py": "a language model, by the person's choice only",
    "ask/models/calling.py": "the same",
}


def test_only_one_module_opens_connections_of_its_own_accord() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if OPENS.search(path.read_text(encoding="utf-8"))
    }
    assert found <= set(ALLOWED)


def test_building_and_reading_load_nothing_that_follows(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "rain.txt").write_text("Rain\n\nIt rained for three days.\n")
    program = f"""
import sys
from pathlib import Path
from galactica import library
out = Path({str(tmp_path / "e.edition")!r})
library.build(out, [{str(tmp_path / "notes")!r}], workers=0, meaning=False)
with library.open_library([out]) as opened:
    opened.search("rained")
print([name for name in sys.modules if name.startswith(("galactica.follow", "http.client", "feedparser"))])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
