"""What the house looks like from outside: its size, its cycles, its names, and whether its own rules hold.

    python -m tools.house [--all]

Lines and modules by package; cycles of packages and of modules, imports inside functions included (those that only a
type checker sees are not); classes that two modules and functions that two packages define; modules above the limit;
how often a question comes back to a module that it had been in (`tools.walk`); packages that a document does not name.
Read from the source as it stands, without importing it. `tests/test_house.py` and `tests/test_walk.py` hold what it
says.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.walk import Value, Walk, walk

PROJECT = Path(__file__).parent.parent
SOURCE = PROJECT / "src" / "galactica"
DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md")
"""Those that name every package."""

LONGEST = 300
"""Lines of a module: what one still keeps in mind."""

SHOWN = 12
"""Rows of a list that are printed without `--all`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One file of the program.

    Attributes:
        name: with dots, from `galactica` on; a package is named like its `__init__`.
        path: from the folder that holds the source folder.
        lines: of the file, blank ones included.
        imports: modules of the program that it imports, wherever in the file.
        late: those of them that are imported inside a function only.
        names: public classes and functions that it defines.
    """

    name: str
    path: str
    lines: int
    imports: frozenset[str]
    late: frozenset[str]
    names: tuple[str, ...]

    @property
    def package(self) -> str:
        """The first part of the name below `galactica`: a package, or a module that stands beside them."""
        return self.name.split(".")[1] if "." in self.name else ""


def modules(source: Path = SOURCE) -> dict[str, Module]:
    """Every module below a folder, by its name."""
    files: dict[str, Path] = {}
    for file in sorted(source.rglob("*.py")):
        parts = (source.name, *file.relative_to(source).with_suffix("").parts)
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    known, root = frozenset(files), source.parent.parent
    return {name: _module(name, file, file.relative_to(root).as_posix(), known) for name, file in files.items()}


def _module(name: str, file: Path, path: str, known: frozenset[str]) -> Module:
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for late, node in _imports(tree, late=False):
        found[late] |= set(_targets(node, package, known)) - {name}
    return Module(
        name=name,
        path=path,
        lines=text.count("\n"),
        imports=frozenset(found[True] | found[False]),
        late=frozenset(found[True] - found[False]),
        names=tuple(
            node.name
            for node in tree.body
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        ),
    )


def _imports(tree: ast.AST, *, late: bool) -> Iterator[tuple[bool, ast.Import | ast.ImportFrom]]:
    """(whether it stands inside a function, import); only statements are walked, for nothing else can import."""
    for node in _statements(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield late, node
        elif isinstance(node, ast.If) and _is_for_checkers(node.test):
            yield from _imports(ast.Module(body=node.orelse, type_ignores=[]), late=late)
        else:
            yield from _imports(node, late=late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """The statements that stand directly in a statement, and the parts of it that hold more."""
    for part in ("body", "handlers", "cases", "orelse", "finalbody"):
        yield from getattr(tree, part, ())


def _is_for_checkers(test: ast.expr) -> bool:
    named = (node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in ast.walk(test))
    return "TYPE_CHECKING" in named


def _targets(node: ast.Import | ast.ImportFrom, package: str, known: frozenset[str]) -> Iterator[str]:
    """The modules that one import loads, the packages above them left out: they are loaded by every import."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
        return
    base = node.module or ""
    if node.level:
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join((*above, base) if base else above)
    for alias in node.names:
        whole = f"{base}.{alias.name}"
        if whole in known:
            yield whole
        elif base in known:
            yield base


def cycles(edges: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Groups of nodes that reach each other, the largest first (Tarjan's strongly connected components)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []
    for start in edges:
        if start in number:
            continue
        walk: list[tuple[str, Iterator[str]]] = [(start, iter(edges[start]))]
        number[start] = low[start] = len(number)
        stack.append(start)
        while walk:
            node, rest = walk[-1]
            for to in rest:
                if to not in number:
                    number[to] = low[to] = len(number)
                    stack.append(to)
                    walk.append((to, iter(edges.get(to, ()))))
                    break
                if to in stack:
                    low[node] = min(low[node], number[to])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number[node]:
                    at = stack.index(node)
                    group, stack[at:] = tuple(sorted(stack[at:])), ()
                    if len(group) > 1:
                        found.append(group)
    return sorted(found, key=lambda group: (-len(group), group))


def module_cycles(found: Mapping[str, Module]) -> list[tuple[str, ...]]:
    """Modules that import each other in a ring, imports inside functions included."""
    return cycles({name: sorted(module.imports) for name, module in found.items()})


def package_cycles(found: Mapping[str, Module]) -> list[tuple[str, ...]]:
    """Packages that import each other in a ring; what stands beside them counts as one of its own."""
    edges: dict[str, set[str]] = defaultdict(set)
    for module in found.values():
        to = {found[name].package for name in module.imports}
        edges[module.package] |= to - {module.package, ""}
    edges.pop("", None)  # `galactica` itself only names what it offers
    return cycles({name: sorted(to) for name, to in sorted(edges.items())})


def names_used_twice(found: Mapping[str, Module]) -> dict[str, tuple[str, ...]]:
    """Public classes that more than one module defines, and functions that more than one package does, with the modules
    that do."""
    where: dict[str, set[str]] = defaultdict(set)
    for module in found.values():
        for name in module.names:
            where[name].add(module.name)
    return {
        name: tuple(sorted(places))
        for name, places in sorted(where.items())
        if len({place if name[0].isupper() else place.split(".")[1] for place in places if "." in place}) > 1
    }


def classes(found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Those of the names that are written as classes are."""
    return {name: places for name, places in found.items() if name[0].isupper()}


def too_long(found: Mapping[str, Module]) -> dict[str, int]:
    """Modules of more than `LONGEST` lines."""
    return {m.path: m.lines for m in sorted(found.values(), key=lambda m: -m.lines) if m.lines > LONGEST}


def packages(found: Mapping[str, Module]) -> tuple[str, ...]:
    """The packages directly below `galactica`."""
    return tuple(sorted({m.package for m in found.values() if m.name.count(".") > 1}))


def not_named(found: Mapping[str, Module], document: str) -> tuple[str, ...]:
    """Packages that the table of a document has no row for."""
    rows = re.findall(r"^\|([^|]*)\|", (PROJECT / document).read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = {name.rstrip("/") for row in rows for name in re.findall(r"`([a-z_/]+)`", row)}
    return tuple(name for name in packages(found) if name not in named)


def sizes(found: Mapping[str, Module]) -> dict[str, tuple[int, int]]:
    """Modules and lines of each package; what stands beside them is named by itself."""
    counted: dict[str, tuple[int, int]] = {}
    for module in found.values():
        many, lines = counted.get(module.package or "galactica", (0, 0))
        counted[module.package or "galactica"] = (many + 1, lines + module.lines)
    return counted


def question_walk() -> Walk:
    """The way of a question through `ask`, from where it is answered."""
    types = frozenset(("Asked", "ReadQuestion", "Readings", "Part", "Likely", "Workspace"))
    beside = frozenset("room reader tell model sources edition groups proved refused first confidence".split())
    value = Value(types=types, beside=beside)
    return walk(SOURCE / "ask", "galactica.ask", "galactica.ask.answering:answer", value)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help=f"whole lists, not their first {SHOWN} rows")
    shown = None if parser.parse_args(arguments).all else SHOWN
    found = modules()
    say(f"{'package':14}{'modules':>8}{'lines':>8}")
    for name, (many, lines) in sorted(sizes(found).items(), key=lambda row: -row[1][1]):
        say(f"{name:14}{many:8}{lines:8,}")
    say(f"{'all':14}{len(found):8}{sum(m.lines for m in found.values()):8,}")
    listed("Cycles of packages", [" ↔ ".join(group) for group in package_cycles(found)], shown)
    listed("Cycles of modules", [" ↔ ".join(group) for group in module_cycles(found)], shown)
    late = [f"{m.name}: {', '.join(sorted(m.late))}" for m in found.values() if m.late]
    listed("Modules that import others of the program inside functions", late, shown)
    twice = names_used_twice(found)
    listed("Classes that two modules define", [f"{n}: {', '.join(w)}" for n, w in classes(twice).items()], shown)
    other = {name: places for name, places in twice.items() if name not in classes(twice)}
    listed("Functions that two packages define", [f"{n}: {', '.join(w)}" for n, w in other.items()], shown)
    listed(f"Modules of more than {LONGEST} lines", [f"{n}: {count}" for n, count in too_long(found).items()], shown)
    way = question_walk()
    listed(f"Returns of a question on its way through {len(way.stays)} stays", list(way.stays), shown, way.returns)
    for document in DOCUMENTS:
        listed(f"Packages that {document} does not name", not_named(found, document), shown)


def listed(title: str, rows: Sequence[str], shown: int | None, number: int | None = None) -> None:
    """A heading with the number, else that of the rows, and the first rows."""
    say(f"\n{title}: {len(rows) if number is None else number}")
    for row in rows[:shown]:
        say(f"  {row}")
    if len(rows[:shown]) < len(rows):
        say(f"  … and {len(rows) - len(rows[:shown])} more (--all)")


def say(line: str) -> None:
    """To the terminal."""
    print(line)  # noqa: T201


if __name__ == "__main__":
    main()
