"""How a value travels: the calls that pass it on, or a part of it, in the order in which they are written.

A *stay* is a module that the value comes into; a *return* is a stay in one that it had been in before: where a question
is told anew by each who works on it, it returns to whoever tells. Read from the source without running it. Followed are
calls of functions of the same module or imported from one below the same folder, by parameters that are annotated with
a type that carries the value, and by those that it is handed to, and its own properties; what comes of a call is
something else, and so is what is called on another object.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

Place = tuple[str, str]
"""A function: its module, its name; a property: its module, its class and name with a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Modules in the order in which a value comes into them, none twice in a row."""

    stays: tuple[str, ...]

    @property
    def returns(self) -> int:
        """Stays in modules that it had been in before."""
        return len(self.stays) - len(set(self.stays))


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What is followed.

    Attributes:
        types: names of the classes that carry it.
        beside: attributes of those that are no part of it.
    """

    types: frozenset[str]
    beside: frozenset[str]

    def annotated(self, function: ast.FunctionDef) -> frozenset[str]:
        """Parameters that carry it by their annotation."""
        given = [*function.args.args, *function.args.kwonlyargs]
        named = ((each.arg, ast.walk(each.annotation)) for each in given if each.annotation is not None)
        return frozenset(arg for arg, parts in named if any(getattr(part, "id", "") in self.types for part in parts))

    def carried(self, expression: ast.expr, names: Collection[str]) -> bool:
        """Whether an expression is it or a part of it."""
        while isinstance(expression, ast.Attribute | ast.Subscript):
            if isinstance(expression, ast.Attribute) and expression.attr in self.beside:
                return False
            expression = expression.value
        return isinstance(expression, ast.Name) and expression.id in names


def walk(folder: Path, package: str, begin: str, value: Value) -> Walk:
    """Follow a value from a function, "module:function", through the modules of a package, whose folder this is."""
    functions, imported = _read(folder, package)
    properties = {name.partition(".")[2]: (of, name) for of, name in functions if name.partition(".")[0] in value.types}
    module, _, name = begin.rpartition(":")
    stays, walked = [module], set[tuple[Place, frozenset[str]]]()
    kept = set[Place]()  # properties: what one told is kept

    def follow(place: Place, handed: frozenset[str]) -> None:
        names = set(handed | value.annotated(functions[place]))
        if (place, frozenset(names)) in walked:
            return
        walked.add((place, frozenset(names)))
        for node in _uses(functions[place], names, value):
            called, given = ("", ""), list[tuple[str, ast.expr]]()
            if isinstance(node, ast.Attribute) and properties.get(node.attr) not in kept:
                called, given = properties.get(node.attr, called), [("self", node.value)]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = imported[place[0]].get(node.func.id, called)
                given = [(each.arg or "", each.value) for each in node.keywords]
                if called in functions:
                    given += zip((each.arg for each in functions[called].args.args), node.args, strict=False)
            passed = frozenset(parameter for parameter, part in given if value.carried(part, names))
            if passed and called in functions:
                kept.update([called] if isinstance(node, ast.Attribute) else [])
                stays.extend([called[0]] if called[0] != stays[-1] else [])
                follow(called, passed)

    follow((module, name), frozenset())
    return Walk(stays=tuple(stays))


def _read(folder: Path, package: str) -> tuple[dict[Place, ast.FunctionDef], dict[str, dict[str, Place]]]:
    """Functions by (module, name), properties by (module, class.name); for each module, what it calls by which name."""
    functions: dict[Place, ast.FunctionDef] = {}
    imported: dict[str, dict[str, Place]] = {}
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(folder).with_suffix("").parts
        module = ".".join((package, *(parts[:-1] if parts[-1] == "__init__" else parts)))
        tree = ast.parse(file.read_text(encoding="utf-8"))
        own = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
        functions |= {(module, name): each for name, each in own.items()}
        functions |= {
            (module, f"{kind.name}.{each.name}"): each
            for kind in tree.body
            if isinstance(kind, ast.ClassDef)
            for each in kind.body
            if isinstance(each, ast.FunctionDef) and any(ast.unparse(d) == "property" for d in each.decorator_list)
        }
        named = imported[module] = {name: (module, name) for name in own}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                named.update((alias.asname or alias.name, (node.module, alias.name)) for alias in node.names)
    return functions, imported


def _uses(node: ast.AST, names: set[str], value: Value) -> Iterator[ast.Call | ast.Attribute]:
    """The calls and attributes in a function as they are written; `names` takes in what the value is also called."""
    if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
        for each in node.generators:
            _called(each.target, each.iter, names, value)
    elif isinstance(node, ast.For):
        _called(node.target, node.iter, names, value)
    for child in ast.iter_child_nodes(node):
        yield from _uses(child, names, value)
    if isinstance(node, ast.Assign):
        for target in node.targets:
            _called(target, node.value, names, value)
    elif isinstance(node, ast.Call | ast.Attribute):
        yield node


def _called(target: ast.expr, given: ast.expr, names: set[str], value: Value) -> None:
    """Take in the names of a target that is given the value; of several each for itself."""
    if isinstance(target, ast.Tuple) and isinstance(given, ast.Tuple) and len(target.elts) == len(given.elts):
        for one, other in zip(target.elts, given.elts, strict=True):
            _called(one, other, names, value)
    elif isinstance(target, ast.Tuple) and isinstance(given, ast.Call) and ast.unparse(given.func) == "zip":
        for one, other in zip(target.elts, given.args, strict=False):
            _called(one, other, names, value)
    elif isinstance(target, ast.Name) and value.carried(given, names):
        names.add(target.id)
