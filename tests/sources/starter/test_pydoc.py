"""The Python documentation becomes articles, without importing what it documents."""

import re
import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources.contract import SourceOptions
from galactica.sources.starter.pydoc import FORMAT, PydocSource
from galactica.sources.starter.pydoc_text import heading_title, inline, pydoc_to_html
from tests.sources.promised import check_built_in


@pytest.fixture
def items(built_in):
    return built_in("pydoc:")[1]


def test_only_the_word_is_recognised():
    assert FORMAT.recognise(Path("pydoc:"), b"") == 100
    assert FORMAT.recognise(Path("pydoc"), b"") == 0
    with pytest.raises(InputError):
        FORMAT.open(Path("other"), SourceOptions())


def test_it_says_who_made_it_and_on_what_terms():
    source = PydocSource(SourceOptions()).source
    assert (source.key, source.language, source.licence) == ("python-docs", "en", "PSF-2.0")
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in source.title
    assert source.attribution


def test_what_the_person_said_goes_first():
    source = PydocSource(SourceOptions(key="py", title="T", licence="L")).source
    assert (source.key, source.title, source.licence) == ("py", "T", "L")


def test_topics_and_modules_become_articles(items):
    documents = {item.path: item for item in items if isinstance(item, Document)}
    assert len(documents) > 300
    assert documents["topics/assert"].title == "The assert statement"
    assert documents["topics/assert"].aliases == ("assert",)
    assert documents["library/json"].aliases == ("json",)
    assert "<code>dumps(obj" in documents["library/json"].content
    assert "class Mapping" in documents["library/collections.abc"].content
    assert "square root" in documents["library/math"].content
    assert documents["library/posixpath"].aliases == ("os.path",)
    assert all(item.markup == "html" and item.language == "en" for item in documents.values())


def test_paths_are_unique_and_relative(items):
    paths = [item.path for item in items if isinstance(item, Document)]
    assert len(set(paths)) == len(paths)
    assert not any(path.startswith("/") or "\0" in path or ".." in path.split("/") for path in paths)


def test_tests_and_private_modules_stay_out(items):
    names = {item.path.split("/")[1] for item in items if isinstance(item, Document)}
    assert not {name for name in names if "._" in name or name.startswith(("_", "test", "idlelib", "lib2to3"))}


def test_it_keeps_the_contract_of_all_sources(built_in):
    check_built_in("pydoc:", *built_in("pydoc:"))


AGAIN = ("abc.py", "collections", "concurrent", "dataclasses.py", "email", "functools.py", "json", "re", "types.py")
"""Of the library, what is read a second time: the whole of it takes seconds, and is read the same way."""


def test_the_same_interpreter_gives_the_same_stream(items, tmp_path):
    library = Path(sysconfig.get_path("stdlib"))
    for name in AGAIN:
        copy = shutil.copytree if (library / name).is_dir() else shutil.copy
        copy(library / name, tmp_path / name)
    before = {item.path: item for item in items if isinstance(item, Document)}
    again = [item for item in PydocSource(SourceOptions(), tmp_path).read() if isinstance(item, Document)]
    paths = [item.path for item in again]
    assert {"topics/assert", "library/json.decoder", "library/math", "library/re"} <= set(paths)
    assert paths == [path for path in before if path in set(paths)]
    # Whoever runs tests puts hooks of its own into `sys` while one runs, and takes them out between.
    assert [item.path for item in again if item != before[item.path] and item.path != "library/sys"] == []


def test_no_place_of_the_machine_is_in_it(items):
    place = sysconfig.get_path("stdlib") + "/"  # some systems' own documentation speaks of /usr/lib
    assert not [item for item in items if place in getattr(item, "content", "")]


def test_missing_and_broken_modules_are_rejected_and_nothing_fails(tmp_path):
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "__init__.py").write_text('"""Doc."""\n')
    (tmp_path / "json" / "tool.py").write_bytes(b"def broken(:\n")
    (tmp_path / "abc.py").write_bytes(b"x = 1\x00\n")
    (tmp_path / "copy.py").write_text("x = 1\n")
    found = list(PydocSource(SourceOptions(), tmp_path).read())
    rejected = {item.where: item.reason for item in found if isinstance(item, Rejected)}
    assert rejected["json.tool"] == rejected["abc"] == "unreadable"
    assert rejected["copy"] == "empty"
    assert rejected["argparse"] == "not-here"
    assert {item.path for item in found if isinstance(item, Document)} >= {"library/json", "library/math"}


def test_members_follow_all_and_leave_private_ones_out(tmp_path):
    (tmp_path / "abc.py").write_text(
        '"""M."""\n__all__ = ["a", "C"]\n'
        'def a(x, *, y=1) -> int:\n    "Does a."\n'
        'def b():\n    "Hidden by __all__."\n'
        'class C(Base):\n    "A class."\n'
        '    async def m(self):\n        "A method."\n    def _p(self):\n        "No."\n'
    )
    found = {item.path: item for item in PydocSource(SourceOptions(), tmp_path).read() if isinstance(item, Document)}
    content = found["library/abc"].content
    assert "<dt><code>a(x, *, y=1) -&gt; int</code></dt><dd><p>Does a.</p></dd>" in content
    assert "class C(Base)" in content
    assert "async m(self)" in content
    assert "Hidden" not in content
    assert "_p" not in content


def test_headings_paragraphs_and_code():
    text = "Title\n*****\n\nOne two\nthree::\n\n   if x < 1:\n       pass\n\nSub\n===\n\nEnd."
    title, rest = heading_title(text)
    assert title == "Title"
    assert pydoc_to_html(rest) == (
        "<p>One two three:</p>\n<pre><code>if x &lt; 1:\n    pass</code></pre>\n<h2>Sub</h2>\n<p>End.</p>"
    )


def test_lists_nest_and_run_on():
    assert pydoc_to_html("* one\n  more\n\n* two\n\n  * deep") == (
        "<ul><li>one more</li><li><p>two</p>\n<ul><li>deep</li></ul></li></ul>"
    )
    assert pydoc_to_html("1. a\n2. b") == "<ol><li>a</li><li>b</li></ol>"
    assert pydoc_to_html("[1] note") == "<dl><dt>[1]</dt><dd>note</dd></dl>"


def test_signatures_over_descriptions_become_a_description_list():
    assert pydoc_to_html("f(x)\ng(x)\n\n   Does it.\n\nh()\n\n   Too.") == (
        "<dl><dt><code>f(x)</code></dt><dt><code>g(x)</code></dt><dd><p>Does it.</p></dd>"
        "<dt><code>h()</code></dt><dd><p>Too.</p></dd></dl>"
    )


def test_grid_tables_keep_their_cells():
    table = "+----+----+\n| A  | B  |\n|====|====|\n| x  | y  |\n|    | z  |\n+----+----+"
    assert pydoc_to_html(table) == ("<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>y z</td></tr></table>")


def test_a_table_with_spans_stays_as_it_lies():
    assert pydoc_to_html("+----+----+\n| A       |\n+----+----+").startswith("<pre>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('a "None" b', "a <code>None</code> b"),
        ('a "two words" b', 'a "two words" b'),
        ("``x < y``", "<code>x &lt; y</code>"),
        (":mod:`json` here", "<code>json</code> here"),
        ("*n* and **PEP 8**", "<em>n</em> and <strong>PEP 8</strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("*args, **kwargs", "*args, **kwargs"),
    ],
)
def test_marks_inside_a_line(text, html):
    assert inline(text) == html


def test_deep_nesting_ends_in_a_literal_block_and_not_in_an_overflow():
    deep = "\n".join("  " * depth + "* x" for depth in range(1200))
    html = pydoc_to_html(deep)
    assert html.count("<ul>") < 12
    assert len(re.findall(r"\bx\b", html)) == 1200
