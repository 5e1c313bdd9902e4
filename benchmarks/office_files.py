"""Office files of two public sets: is every file accounted for, what do Docling's own readings say, and how fast is it?

    python -m benchmarks.office_files [--sheets ROWS]

Accounts: every file of office-tika and docling is read; it becomes articles or is refused in words, and nothing else
comes out. Words: those of our cleaned articles against the .md that Docling accepts, the share of its words that are
among ours, and F1 of the two bags. What a file shows and Docling leaves out (speakers' notes, charts' numbers, heads
and feet of pages) lowers F1, as do the spanned cells that Docling writes out again. Cells: of the tables in the .md,
those that stand in a cell of ours. Sheets: a workbook that is made here, its cells a second beside openpyxl's, which
gives values without their formats. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import html
import importlib
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from benchmarks.document_words import body_text, words_of
from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.refine.article import refine
from galactica.sources.formats import open_source
from galactica.sources.office.kinds import KINDS
from galactica.sources.paths import stem

ENDINGS = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)

_CELL = re.compile(r"<t[dh]\b[^<>]*>(.*?)</t[dh]>", re.DOTALL)
_MARK = re.compile(r'<sup role="doc-noteref">.*?</sup>')
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def files() -> Iterator[Path]:
    """The office files of both sets."""
    for folder in (real("office-tika"), real("docling")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in ENDINGS and "groundtruth" not in path.parts:
                yield path


def bodies(path: Path) -> tuple[list[str], int, str]:
    """(titles and bodies of the articles of a file, how many were rejected, why nothing could be read)."""
    found: list[str] = []
    rejected = 0
    try:
        with open_source(path) as source:
            for item in source.read():
                if isinstance(item, Document):
                    article = refine(item, language=source.source.language)
                    if isinstance(article, Rejected):
                        rejected += 1
                    else:
                        own = (
                            stem(path.name) not in item.title
                        )  # a title that the file does not have is none of its words
                        found.append(f"<p>{html.escape(item.title) if own else ''}</p>{article.body}")
                elif isinstance(item, Rejected):
                    rejected += 1
    except InputError as error:
        return [], 1, error.problem
    return found, rejected, ""


def expected(path: Path) -> Path | None:
    """Docling's reading of a file, where it has one."""
    beside = path.parent.parent / "groundtruth" / f"{path.name}.md"
    return beside if beside.is_file() else None


def plain(markdown: str) -> str:
    """Markdown without what is no text: marks, addresses of pictures, escapes."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", _COMMENT.sub(" ", markdown))
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", " ", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)\s]*\)", "]", text)
    return re.sub(r"\\(.)", r"\1", html.unescape(text))


def f1(ours: list[str], theirs: list[str]) -> float:
    """F1 of two bags of words."""
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs)) if ours or theirs else 1.0


def cells(markdown: str) -> Iterator[str]:
    """The cells of the tables of a Markdown text that hold something."""
    for line in markdown.splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            yield from (cell for cell in (" ".join(words_of(plain(each))) for each in line.split("|")) if cell)


def compared() -> dict[str, object]:
    """Accounts, and our reading beside Docling's."""
    accounts: Counter[str] = Counter()
    scores: list[float] = []
    kept = wanted = common = words = 0
    for path in files():
        pieces, rejected, why = bodies(path)
        accounts["files"] += 1
        accounts["files with articles"] += bool(pieces)
        accounts["articles"] += len(pieces)
        accounts["refused"] += bool(why)
        accounts["rejected"] += rejected
        markdown = expected(path)
        if not pieces or not markdown:
            continue
        text = markdown.read_text(encoding="utf-8")
        theirs = words_of(plain(text).replace("|", " "))
        ours = words_of(" ".join(body_text(piece) for piece in pieces))
        scores.append(f1(ours, theirs))
        common += sum((Counter(ours) & Counter(theirs)).values())
        words += len(theirs)
        held = Counter(
            " ".join(words_of(html.unescape(_TAG.sub(" ", _MARK.sub("", cell)))))
            for piece in pieces
            for cell in _CELL.findall(piece)
        )
        missing = [cell for cell in set(cells(text)) if cell not in held]
        kept, wanted = kept + len(set(cells(text))) - len(missing), wanted + len(set(cells(text)))
        print(f"{scores[-1]:.4f}  {path.name}{'  cells not found: ' + '; '.join(missing[:3])[:120] if missing else ''}")
    return {
        **accounts,
        "word F1, mean of files": sum(scores) / len(scores),
        "files with Docling's reading": len(scores),
        "words of Docling's": words,
        "among ours": common / words,
        "cells found": kept,
        "cells": wanted,
    }


def workbook(path: Path, rows: int) -> None:
    """A workbook of one sheet: words, dates, shares, amounts."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    def row(number: int) -> str:
        values: tuple[str, ...] = (
            f't="inlineStr"><is><t>Item {number}</t></is>',
            f's="1"><v>{40_000 + number % 3_000}</v>',
        )
        values += (f's="2"><v>{number % 997 / 997!r}</v>', f"><v>{number * 1.25!r}</v>", f's="3"><v>{number}</v>')
        each = "".join(f'<c r="{chr(65 + column)}{number}" {value}</c>' for column, value in enumerate(values))
        return f'<row r="{number}">{each}</row>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        types = f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        types += f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
        types += f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/>'
        default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{default}{types}</Types>')
        relation = f'<Relationship Id="rId1" Type="{links}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>')
        relation = f'<Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/>'
        relation += f'<Relationship Id="rId2" Type="{links}/styles" Target="styles.xml"/>'
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>'
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}" xmlns:r="{links}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 15, 10, 4))
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{space}"><fonts count="1"><font/></fonts>'
            '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
            f'<cellXfs count="4">{formats}</cellXfs></styleSheet>',
        )
        data = "".join(map(row, range(1, rows + 1)))
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}"><sheetData>{data}</sheetData></worksheet>'
        )


def sheets(rows: int) -> dict[str, object]:
    """Cells a second, ours as they are shown beside openpyxl's values."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.xlsx"
        workbook(path, rows)
        began = time.process_time()
        with open_source(path) as source:
            ours = sum(item.content.count("</td>") for item in source.read() if isinstance(item, Document))
        mine = time.process_time() - began
        try:
            openpyxl = importlib.import_module("openpyxl")
        except ImportError:
            return {"cells": ours, "cells a second": ours / mine}
        began = time.process_time()
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        theirs = sum(1 for sheet in book for each in sheet.iter_rows(values_only=True) for _ in each)
        peer = time.process_time() - began
    assert ours == theirs, (ours, theirs)
    return {
        "cells": ours,
        "cells a second": ours / mine,
        "openpyxl cells a second": theirs / peer,
        "ratio": peer / mine,
    }


def main() -> int:
    """Compare, measure, say."""
    parser = results.arguments(argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0]))
    parser.add_argument("--sheets", type=int, default=20_000, metavar="ROWS", help="of the workbook that is made")
    given = parser.parse_args()
    figures: dict[str, object] = {**compared(), "sheets": sheets(given.sheets)}
    figures["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, value in figures.items():
        print(f"{name}: {value}")
    results.keep(__file__, given, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
