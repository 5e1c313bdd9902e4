"""Pictures in SVG, made so that they can only be looked at: a strict allowlist of elements, attributes and style.

An SVG is a document that can run scripts, load other files, and send its reader elsewhere. What is not on the lists
goes: scripts, foreign objects, animations, links (their content stays), other namespaces, every address but "#id" and
embedded bitmaps, every at-rule of CSS (`svg_style`). Where that gives no picture whose cost is bounded, there is none.
For every result sanitise_svg(result) == result. The result depends on the argument alone.
Standard: SVG 2 (W3C Candidate Recommendation), appendix K lists elements, appendix L attributes.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from html import escape
from xml.parsers import expat

from galactica.refine.svg_style import PRESENTATION, declarations_of, rules_of, safe_value

MAX_BYTES = 16 * 2**20
"""Bytes of a picture, unpacked; the largest maps of Wikimedia Commons have about 10 MB."""

MAX_ELEMENTS = 300_000
MAX_DEPTH = 200
"""Elements in all, and inside each other."""

MAX_INSTANCES = 100_000
"""Copies that `use` makes, all together: ten lines can stand for a billion."""

MAX_ENTITY = 200
"""Characters of an entity that the document declares itself (old Illustrator writes its namespaces so)."""

MAX_WITH_ENTITIES = 2**20
"""Bytes of a document that declares any: each of its characters can stand for an entity."""

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)

_ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc image marker "
    "clipPath mask pattern linearGradient radialGradient stop switch style filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence".split()
)
ACTIVE = frozenset(
    "script foreignObject animate animateMotion animateTransform set mpath iframe audio video feImage handler".split()
)
"""Elements that can do something, or show what is not in the picture: counted where they are taken out."""

_UNWRAPPED = frozenset({"a"})
"""Elements that go while what is in them stays."""
_TEXTS = frozenset({"text", "tspan", "textPath", "title", "desc"})
_ATTRIBUTES = PRESENTATION | frozenset(
    "amplitude azimuth baseFrequency bias class clipPathUnits cx cy d dx dy diffuseConstant divisor edgeMode elevation "
    "exponent filterUnits fr fx fy gradientTransform gradientUnits height id in in2 intercept k1 k2 k3 k4 kernelMatrix "
    "kernelUnitLength lang lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits "
    "maskUnits method mode numOctaves offset operator order orient pathLength patternContentUnits patternTransform "
    "patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX "
    "refY requiredExtensions requiredFeatures result rotate rx ry scale seed side slope spacing specularConstant "
    "specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues "
    "targetX targetY textLength transform type values version viewBox width x x1 x2 xChannelSelector y y1 y2 "
    "yChannelSelector z".split()
)

_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z")
_BREAK = re.compile(r"[\t\r\n]")
_FRAGMENT = re.compile(r"#[^\s\"'<>()\\]{1,200}\Z")


def sanitise_svg(content: bytes, dropped: Counter[str] | None = None) -> bytes | None:
    """The picture as it may be kept and shown; None where nothing safe can be made of it.

    Args:
        content: as it came; packed with gzip (.svgz) too.
        dropped: names of the `ACTIVE` elements that were taken out are counted here.
    """
    if content.startswith(b"\x1f\x8b"):
        try:
            unpacker = zlib.decompressobj(wbits=31)
            content = unpacker.decompress(content, MAX_BYTES + 1)
        except zlib.error:
            return None
    if len(content) > MAX_BYTES:
        return None
    cleaner = _Cleaner()
    try:
        safe = cleaner.clean(content)
    except (_Refused, expat.ExpatError, ValueError, LookupError):
        return None
    if dropped is not None:
        dropped += cleaner.dropped
    return safe


class _Refused(Exception):  # noqa: N818  # never leaves this module
    """Raised inside expat's callbacks to stop it."""


class _Cleaner:
    """One picture on its way through."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._skipped = 0
        self._count = 0
        self._style: list[str] | None = None
        self._ids: list[str] = [""]
        self._uses: dict[str, list[str]] = {}
        self._size = 0
        self._dropped: Counter[str] = Counter()

    @property
    def dropped(self) -> Counter[str]:
        """Names of elements that can do something → how many were taken out."""
        return self._dropped

    def clean(self, content: bytes) -> bytes:
        """Parse and write.

        Raises:
            _Refused: it is no picture in SVG, or over a bound.
            expat.ExpatError: it is not well-formed.
        """
        self._size = len(content)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = lambda *_: 1  # passed over
        parser.Parse(content, True)
        if not self._out:
            raise _Refused
        self._weigh()
        return "".join(self._out).encode()

    def _entity(
        self,
        name: str,
        parameter: bool,
        value: str | None,
        base: str | None,
        system: str | None,
        public: str | None,
        notation: str | None,
    ) -> None:
        plain = value is not None and len(value) <= MAX_ENTITY and "&" not in value and "<" not in value
        if parameter or not plain or self._size > MAX_WITH_ENTITIES:
            raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) > MAX_DEPTH or self._skipped > 10 * MAX_DEPTH:
            raise _Refused
        space, _, local = name.rpartition(" ")
        ours = space in (_SVG, "")
        if self._count == 1 and not (ours and local == "svg"):
            raise _Refused
        if self._skipped or self._style is not None or not ours or local not in _ELEMENTS | _UNWRAPPED:
            self._dropped[local] += ours and not self._skipped and local in ACTIVE
            self._skipped += 1
            return
        self._open.append((local, attributes.get("id", "")))
        if local in _UNWRAPPED:
            return
        if local == "style":
            self._style = []
            return
        kept = [f'{key}="{escape(value)}"' for key, value in self._attributes(local, attributes)]
        if self._count == 1:
            kept[:0] = [f'xmlns="{_SVG}"', f'xmlns:xlink="{_XLINK}"']
        self._out.append(f"<{' '.join((local, *kept))}>")
        self._note(local, attributes)

    def _note(self, local: str, attributes: dict[str, str]) -> None:
        """Remember what is in what, and what is used where."""
        inside, own = self._ids[-1], attributes.get("id", "")
        if own:
            self._uses.setdefault(inside, []).append(own)
        self._ids.append(own or inside)
        if local == "use":
            target = attributes.get("href", attributes.get(f"{_XLINK} href", "")).strip()
            if _FRAGMENT.match(target):
                self._uses.setdefault(own or inside, []).append(target[1:])

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        local, _ = self._open.pop()
        if local in _UNWRAPPED:
            return
        if local == "style":
            rules = rules_of("".join(self._style or ()))
            self._style = None
            if rules:
                self._out.append(f"<style>{escape(rules, quote=False)}</style>")
            return
        self._ids.pop()
        self._out.append(f"</{local}>")

    def _text(self, data: str) -> None:
        if self._skipped:
            return
        if self._style is not None:
            self._style.append(data)
            return
        inside = next((local for local, _ in reversed(self._open) if local not in _UNWRAPPED), "")
        if inside in _TEXTS:
            self._out.append(escape(data.replace("\r", "\n"), quote=False))

    def _attributes(self, element: str, attributes: dict[str, str]) -> list[tuple[str, str]]:
        kept = []
        for name, written in attributes.items():
            space, _, local = name.rpartition(" ")
            value = _BREAK.sub(" ", written)
            if space == _XML and local in ("space", "lang"):
                kept.append((f"xml:{local}", value))
            elif space in ("", _XLINK) and local == "href":
                address = value.strip()
                if _FRAGMENT.match(address) or (element == "image" and _EMBEDDED.match(address)):
                    kept.append(("xlink:href" if space else "href", address))
            elif space == "" and local == "style":
                if declarations := declarations_of(value):
                    kept.append(("style", declarations))
            elif space == "" and local in _ATTRIBUTES and safe_value(value):
                kept.append((local, value))
        return kept

    def _weigh(self) -> None:
        """Count the copies that `use` makes.

        Raises:
            _Refused: they are too many, or never end.
        """
        cost: dict[str, int] = {}
        waiting, on_the_way = [("", False)], set()
        while waiting:
            name, counted = waiting.pop()
            parts = self._uses.get(name, [])
            if counted:
                on_the_way.discard(name)
                cost[name] = 1 + sum(cost.get(part, 1) for part in parts)
                if cost[name] > MAX_INSTANCES:
                    raise _Refused
            elif name not in cost:
                if name in on_the_way:
                    raise _Refused
                on_the_way.add(name)
                waiting.append((name, True))
                for part in parts:
                    if part in on_the_way:
                        raise _Refused
                    if part not in cost:
                        waiting.append((part, False))
