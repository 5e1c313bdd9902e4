"""What a module of the standard library offers: its public functions and classes, each with signature and docstring.

Of modules written in Python they are read out of the source, of those written in C out of the imported module. A member
is an entry of a list of definitions, `<dt>SIGNATURE</dt><dd>DOCSTRING</dd>`.
"""

from __future__ import annotations

import ast
import html
import inspect
from collections.abc import Iterator

from galactica.sources.starter.pydoc_text import pydoc_to_html

MAX_MEMBERS = 400
"""How many members of one module or class are described; the rest is counted in a last sentence."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def members_of(body: ast.Module | ast.ClassDef) -> list[tuple[str, str]]:
    """(heading, <dt>…<dd>…) of the public functions and classes, in the order of the file; the last definition wins."""
    public = _declared(body) if isinstance(body, ast.Module) else None
    found: dict[str, tuple[str, str]] = {}
    for node in body.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_") or (public is not None and node.name not in public):
            continue
        doc = ast.get_docstring(node) or ""
        if isinstance(node, ast.ClassDef):
            kind = "Exceptions" if node.name.endswith(("Error", "Exception", "Warning")) else "Classes"
            bases = ", ".join(ast.unparse(base) for base in node.bases)
            inner = "".join(text for _, text in members_of(node)[:MAX_MEMBERS])
            signature = f"class {node.name}({bases})" if bases else f"class {node.name}"
            if doc or inner or kind == "Exceptions":
                found[node.name] = (kind, _entry(signature, doc, inner))
        elif doc:
            found[node.name] = ("Functions", _entry(_signature(node), doc, ""))
    return list(found.values())


def _declared(tree: ast.Module) -> frozenset[str] | None:
    """The names of a plain `__all__ = [...]`; None where there is none, or where it is computed."""
    for node in tree.body:
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id == "__all__":
            return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            if not isinstance(node.value, ast.List | ast.Tuple):
                return None
            names = [one.value for one in node.value.elts if isinstance(one, ast.Constant)]
            return frozenset(name for name in names if isinstance(name, str))
    return None


def _signature(node: _Function) -> str:
    prefix = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{prefix}{node.name}({ast.unparse(node.args)}){returns}"


def _entry(signature: str, doc: str, inner: str) -> str:
    described = pydoc_to_html(doc, level=4) if doc else ""
    members = f"<dl>{inner}</dl>" if inner else ""
    return f"<dt><code>{html.escape(signature, quote=False)}</code></dt><dd>{described}{members}</dd>"


def compiled_members(module: object) -> Iterator[tuple[str, str]]:
    """(heading, <dt>…<dd>…) of what a module written in C offers, by name."""
    for name in sorted(vars(module)):
        value = vars(module)[name]
        doc = inspect.getdoc(value) or ""
        if name.startswith("_") or not doc:
            continue
        if isinstance(value, type):
            kind = "Exceptions" if issubclass(value, BaseException) else "Classes"
            inner = "".join(_compiled_methods(value)) if kind == "Classes" else ""
            yield kind, _entry(f"class {name}", doc, inner)
        elif callable(value):
            yield "Functions", _entry(*_signed(name, value, doc), "")


def _compiled_methods(cls: type) -> Iterator[str]:
    for name in sorted(vars(cls)):
        value = vars(cls)[name]
        doc = inspect.getdoc(value) or ""
        if not name.startswith("_") and doc and callable(getattr(cls, name)):
            yield _entry(*_signed(name, value, doc), "")


def _signed(name: str, value: object, doc: str) -> tuple[str, str]:
    """(signature, the rest of the docstring) of something that C code defines.

    C code declares a signature ("($self, /, x)") or opens the docstring with one; else the bare name must do.
    """
    text = getattr(value, "__text_signature__", None)
    if isinstance(text, str):
        for hidden in ("$self, /, ", "$module, /, ", "$self, /", "$module, /", "$self, ", "$module, "):
            text = text.replace(hidden, "")
        return name + text, doc
    first, _, rest = doc.partition("\n")
    return (first.strip(), rest) if first.startswith(f"{name}(") else (name, doc)
