"""The program that is printed: seven parts, each a module here, joined into one file.

    python3 -I decoder.py PICTURES OUT [ROOT]

It needs Python 3.8 and nothing else. The parts are tested as modules, and the joined program as
it is printed. `printed_program()` joins them: the lines that import another part are left out, as
are the parts' first words; those that import from the standard library stand above.
"""

from __future__ import annotations

import re
from importlib import resources

PARTS = ("arithmetic", "picture", "squares", "lost", "stream", "proofs", "articles")
"""In the order in which they are printed: each uses only what stands before it."""

_IMPORTS = ("import ", "from itertools ", "from math ")

_HEAD = '''#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads articles from pictures of sheets. Needs Python 3.8 or later and nothing else.

    python3 -I decoder.py PICTURES OUT [ROOT]

PICTURES is a folder with a picture of each sheet, binary PGM or PBM: flat, upright or turned by
quarters, straight to two degrees, two dots or more a cell. OUT is made: two files for each
article, NUMBER-TITLE.html as it was kept and NUMBER-TITLE.txt, its text alone; and missing.txt,
what could not be had. ROOT is the root that you know from elsewhere.
Exit code: 0 everything was had and is proved, 1 not all.
"""

'''


def printed_program() -> str:
    """The source of the printed program, lines of at most 100 characters."""
    imports: set[str] = set()
    bodies = []
    for part in PARTS:
        _, _, rest = (
            (resources.files(__name__) / f"{part}.py").read_text("utf-8").partition('"""\n')
        )
        lines = rest.splitlines()
        imports |= {line for line in lines if line.startswith(_IMPORTS)}
        own = [line for line in lines if not line.startswith((*_IMPORTS, "from galactica."))]
        bodies.append("\n".join(own).strip("\n"))
    text = _HEAD + "\n".join(sorted(imports)) + "\n\n" + "\n\n".join(bodies) + "\n"
    return re.sub("\n\n\n+", "\n\n", text)  # an empty line costs as much paper as a full one
