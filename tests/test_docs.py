"""Documents that cannot lie: generated pages are current, links lead somewhere, nothing names this machine."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from galactica import errors
from galactica.cli.ending import BUG, STOPPED

PROJECT = Path(__file__).parent.parent
LEFT_OUT = frozenset((".git", ".venv", ".demo", "build", "dist", "node_modules"))
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:work|tmp|root|home|Users|mnt|opt)/[\w.]|[A-Z]:\\\\Users")


@cache
def reference() -> ModuleType:
    """tools/cli_reference.py as a module."""
    spec = importlib.util.spec_from_file_location("cli_reference", PROJECT / "tools" / "cli_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents() -> list[Path]:
    """Every Markdown file of the project."""
    return sorted(path for path in PROJECT.rglob("*.md") if not LEFT_OUT & set(path.relative_to(PROJECT).parts))


@cache
def verbs() -> dict[str, Any]:
    """The program's verbs by their names; making them takes a tenth of a second."""
    tool = reference()
    return dict(tool.verbs(tool.typer.main.get_command(tool.app)))


def slug(heading: str) -> str:
    """How a page's readers (GitHub's among them) name a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower().replace("`", "")).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    return named | {slug(heading) for heading in re.findall(r"^#{1,6} (.+)$", text, flags=re.MULTILINE)}


def test_the_command_line_reference_is_current() -> None:
    assert reference().DOCUMENT.read_text(encoding="utf-8") == reference().reference(), "run: make docs"


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_described_with_each_of_its_options(verb: str) -> None:
    command = verbs()[verb]
    assert command.help, f"{verb} has no help"
    for parameter in command.params:
        assert parameter.name == "help" or parameter.help, f"{verb}: {parameter.name} has no help"
    page = reference().DOCUMENT.read_text(encoding="utf-8")
    assert f"## galactica {verb}\n" in page


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_takes_json_and_has_a_schema(verb: str) -> None:
    command = verbs()[verb]
    assert any("--json" in parameter.opts for parameter in command.params)
    schema = files("galactica") / "schemas" / f"{reference().SCHEMAS.get(verb, verb)}.json"
    assert f"galactica {verb} --json" in json.loads(schema.read_text(encoding="utf-8"))["title"]


def test_every_exit_code_of_the_error_tree_is_documented() -> None:
    page = reference().DOCUMENT.read_text(encoding="utf-8")
    kinds: list[type[errors.GalacticaError]] = [errors.GalacticaError, *errors.GalacticaError.__subclasses__()]
    for code in {0, BUG, STOPPED, *(kind.exit_code for kind in kinds)}:
        assert f"| {code} |" in page


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`(?!\])", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        assert place.exists(), f"{target} leads nowhere"
        if anchor and place.suffix == ".md":
            assert anchor in anchors(place), f"{target}: no such heading"


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_document_names_a_path_of_one_machine(path: Path) -> None:
    found = MACHINE_PATH.search(path.read_text(encoding="utf-8"))
    assert found is None, f"{found.group() if found else ''}"


def test_no_tracked_text_names_a_path_of_the_workplace() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        file = PROJECT / name
        if file.suffix in (".py", ".md", ".toml", ".html", ".css", ".js", ".sh") and file.is_file():
            if file == Path(__file__):
                continue
            assert str(Path(__file__).resolve().parents[1]) not in file.read_text(encoding="utf-8"), name
