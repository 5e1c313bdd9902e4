"""Formulas of Office (OMML, ECMA-376-1 §22.1) as MathML Core; MathML of OpenDocument as it stands, without what shows.

What OMML has and MathML Core does not (a box, a border, phantoms that take no room) leaves what is in it. An element
that is not known gives what is in it too, so no symbol is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from galactica.sources.office.inline import attribute_text, text_html
from galactica.sources.office.xmltree import child_value, first

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]|\s+|.", re.DOTALL)
_COMBINING = {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u0307": "˙", "\u0308": "¨", "\u20d7": "→",
              "\u20d6": "←", "\u030c": "ˇ", "\u0301": "´", "\u0300": "`", "\u0306": "˘"}  # fmt: skip
_KEPT = frozenset(
    "math mrow mfrac mi mn mo ms mtext mspace msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd mstyle merror mpadded mphantom none".split()
)


def office_formula(root: Element, *, block: bool = False) -> str:
    """A formula as MathML; "" where nothing is in it.

    Args:
        root: `m:oMath`, or what holds several of them.
    """
    inner = "".join(_any(child) for child in root)
    if not inner:
        return ""
    display = ' display="block"' if block else ""
    return f"<math{display}>{_row(inner)}</math>"


def _row(inner: str) -> str:
    return f"<mrow>{inner}</mrow>"


def _argument(element: Element | None) -> str:
    """What stands in one place of a formula, as exactly one tag."""
    return _row("".join(_any(child) for child in element)) if element is not None else "<mrow></mrow>"


def _any(element: Element) -> str:
    made = _MADE.get(element.tag)
    if made:
        return made(element)
    if element.tag.endswith("Pr"):
        return ""
    return "".join(_any(child) for child in element)


def _run(element: Element) -> str:
    """A run: letters, numbers and signs; where it is marked as text, text."""
    text = "".join(child.text or "" for child in element if child.tag in ("m:t", "w:t") or child.tag.endswith(":t"))
    properties = first(element, "m:rPr")
    if not text:
        return ""
    if _on(properties, "m:nor"):
        return f"<mtext>{text_html(text)}</mtext>"
    upright = child_value(properties, "m:sty", "m:val") == "p"
    return "".join(_token(token, upright) for token in _TOKEN.findall(text))


def _token(token: str, upright: bool) -> str:
    if token.isspace():
        return "<mtext> </mtext>" if len(token) > 0 else ""
    if token[0].isdigit():
        return f"<mn>{text_html(token)}</mn>"
    if token.isalpha() or "\U0001d400" <= token <= "\U0001d7ff":
        return f'<mi mathvariant="normal">{text_html(token)}</mi>' if upright else f"<mi>{text_html(token)}</mi>"
    return f"<mo>{text_html(token)}</mo>"


def _fraction(element: Element) -> str:
    parts = _argument(first(element, "m:num")) + _argument(first(element, "m:den"))
    bar = child_value(first(element, "m:fPr"), "m:type", "m:val")
    return f'<mfrac linethickness="0">{parts}</mfrac>' if bar == "noBar" else f"<mfrac>{parts}</mfrac>"


def _scripts(tag: str, *names: str) -> Callable[[Element], str]:
    return lambda element: f"<{tag}>{''.join(_argument(first(element, name)) for name in names)}</{tag}>"


def _before(element: Element) -> str:
    base, sub, sup = (_argument(first(element, name)) for name in ("m:e", "m:sub", "m:sup"))
    return f"<mmultiscripts>{base}<mprescripts></mprescripts>{sub}{sup}</mmultiscripts>"


def _root(element: Element) -> str:
    degree = first(element, "m:deg")
    base = _argument(first(element, "m:e"))
    if degree is None or len(degree) == 0 or _on(first(element, "m:radPr"), "m:degHide"):
        return f"<msqrt>{base}</msqrt>"
    return f"<mroot>{base}{_argument(degree)}</mroot>"


def _sum(element: Element) -> str:
    """A sign with limits: a sum, an integral."""
    properties = first(element, "m:naryPr")
    sign = child_value(properties, "m:chr", "m:val")
    sign = "∫" if sign is None else sign
    sub = first(element, "m:sub") if not _on(properties, "m:subHide") else None
    sup = first(element, "m:sup") if not _on(properties, "m:supHide") else None
    beside = child_value(properties, "m:limLoc", "m:val") == "subSup" or (sign in "∫∬∭∮" and sign)
    over, under, both = ("msup", "msub", "msubsup") if beside else ("mover", "munder", "munderover")
    operator = f"<mo>{text_html(sign)}</mo>"
    if sub is not None and sup is not None:
        operator = f"<{both}>{operator}{_argument(sub)}{_argument(sup)}</{both}>"
    elif sub is not None or sup is not None:
        tag = under if sub is not None else over
        operator = f"<{tag}>{operator}{_argument(sub if sub is not None else sup)}</{tag}>"
    return operator + _argument(first(element, "m:e"))


def _on(parent: Element | None, name: str) -> bool:
    """Whether a property of a formula is on; it is where it is said without a value."""
    found = child_value(parent, name, "m:val")
    return found is not None and found.lower() not in ("0", "false", "off")


def _fence(element: Element) -> str:
    properties = first(element, "m:dPr")

    def sign(name: str, usual: str) -> str:
        found = child_value(properties, name, "m:val")
        return usual if found is None else found

    start, between, end = sign("m:begChr", "("), sign("m:sepChr", "|"), sign("m:endChr", ")")
    inner = f"<mo>{text_html(between)}</mo>".join(_argument(each) for each in element if each.tag == "m:e")
    opening = f"<mo>{text_html(start)}</mo>" if start else ""
    closing = f"<mo>{text_html(end)}</mo>" if end else ""
    return _row(f"{opening}{inner}{closing}")


def _function(element: Element) -> str:
    return f"{_argument(first(element, 'm:fName'))}<mo>\u2061</mo>{_argument(first(element, 'm:e'))}"


def _accent(element: Element) -> str:
    found = child_value(first(element, "m:accPr"), "m:chr", "m:val")
    sign = "\u0302" if found is None else found
    base = _argument(first(element, "m:e"))
    return f'<mover accent="true">{base}<mo>{text_html(_COMBINING.get(sign, sign))}</mo></mover>' if sign else base


def _bar(element: Element) -> str:
    below = child_value(first(element, "m:barPr"), "m:pos", "m:val") == "bot"
    tag = "munder" if below else "mover"
    return f"<{tag}>{_argument(first(element, 'm:e'))}<mo>¯</mo></{tag}>"


def _brace(element: Element) -> str:
    properties = first(element, "m:groupChrPr")
    found = child_value(properties, "m:chr", "m:val")
    sign = "⏟" if found is None else found
    tag = "mover" if child_value(properties, "m:pos", "m:val") == "top" else "munder"
    return f"<{tag}>{_argument(first(element, 'm:e'))}<mo>{text_html(sign)}</mo></{tag}>"


def _matrix(element: Element) -> str:
    rows = [[_argument(each) for each in row if each.tag == "m:e"] for row in element if row.tag == "m:mr"]
    return _table(rows)


def _array(element: Element) -> str:
    return _table([[_argument(each)] for each in element if each.tag == "m:e"])


def _table(rows: Iterable[Iterable[str]]) -> str:
    cells = ("".join(f"<mtd>{cell}</mtd>" for cell in row) for row in rows)
    return f"<mtable>{''.join(f'<mtr>{row}</mtr>' for row in cells)}</mtable>"


_MADE: dict[str, Callable[[Element], str]] = {
    "m:r": _run,
    "m:f": _fraction,
    "m:sSup": _scripts("msup", "m:e", "m:sup"),
    "m:sSub": _scripts("msub", "m:e", "m:sub"),
    "m:sSubSup": _scripts("msubsup", "m:e", "m:sub", "m:sup"),
    "m:sPre": _before,
    "m:rad": _root,
    "m:nary": _sum,
    "m:d": _fence,
    "m:func": _function,
    "m:limLow": _scripts("munder", "m:e", "m:lim"),
    "m:limUpp": _scripts("mover", "m:e", "m:lim"),
    "m:acc": _accent,
    "m:bar": _bar,
    "m:groupChr": _brace,
    "m:m": _matrix,
    "m:eqArr": _array,
    "w:del": lambda element: "",
}


def mathml(root: Element) -> str:
    """MathML that a file holds, with its tags alone; the cleaner keeps of it what it knows."""
    name = root.tag.rpartition(":")[2]
    if name == "annotation":
        encoding = root.get("encoding", "")
        return f'<annotation encoding="{attribute_text(encoding)}">{text_html(root.text or "")}</annotation>'
    inner = text_html(root.text or "") + "".join(mathml(child) for child in root)
    if name == "semantics" or name not in _KEPT:
        return inner if name != "semantics" else f"<semantics>{inner}</semantics>"
    return f"<{name}>{inner}</{name}>"
