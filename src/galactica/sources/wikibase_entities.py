"""An entity of Wikidata → its article, and a statement for each thing that it says.

Rules:
1. Every entity becomes one article (`wikibase_page`), every claim one `SourceStatement` with its rank, qualifiers and
   references. What of an entity cannot be understood is counted in `Document.dropped`, never left out in silence.
2. A statement is named by its own number ("Q42$F078E5B3-…"), begun as its entity's is; one without by its place.
3. An entity that was merged into another is a `Redirect`; one that is not there any more a `Rejected("gone")`.
4. Where a page of another site is about the entity, that is a statement too: property "sitelink", qualifier "site".

Standard: Wikibase JSON, mediawiki.org/wiki/Wikibase/DataModel/JSON (items, properties, lexemes, media info).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from galactica.languages import primary
from galactica.model import Document, Qualifier, Redirect, SourceStatement
from galactica.sources.contract import MAX_DOCUMENT, Item
from galactica.sources.leaf import title_line
from galactica.sources.trees import rejected
from galactica.sources.wikibase_claims import ClaimReader
from galactica.sources.wikibase_names import EntityNames
from galactica.sources.wikibase_page import EntityPage
from galactica.sources.wikibase_values import ENTITY_ID, MAX_TEXT, EntityValues

MAX_NAMES = 5_000
"""Labels and aliases of one entity that become other titles of its article; the most of any is about 2,000."""

_KINDS = {"Q": "item", "P": "property", "L": "lexeme", "M": "mediainfo", "E": "entity-schema"}
_WIKI = "https://www.wikidata.org/wiki/"
_COMMONS = "https://commons.wikimedia.org/entity/"
_NAMESPACES = {"P": "Property:", "L": "Lexeme:", "E": "EntitySchema:"}
Entity = dict[str, Any]
"""An entity as JSON has it: whatever stands in it is looked at before it is believed."""


@dataclass(slots=True, kw_only=True)
class Entities:
    """Makes items of entities.

    Args:
        source: key of the `Source`.
        names: what properties and items are called on pages.
        language: that an entity is titled in where it has a label in it; "" for English.
        values: reads values.
        namespaced: whether a page's path has its namespace ("Property:P31"), as in a wiki's dump.
    """

    source: str
    names: EntityNames
    language: str = ""
    values: EntityValues = field(default_factory=EntityValues)
    namespaced: bool = False

    def items(self, entity: object, where: str, number: str = "") -> Iterator[Item]:
        """What an entity holds: its statements, then its article; or why it is not taken in.

        Args:
            where: what to call it in a refusal.
            number: what it was asked for by ("Q32063953"): an entity of another number is where that was merged into.
        """
        if not isinstance(entity, dict):
            yield rejected(self.source, where, "bad-row", "no entity: not a JSON object")
            return
        own = entity.get("id")
        if isinstance(own, str) and "missing" not in entity and "redirect" in entity:
            yield from self._merged(own, entity["redirect"], where)
            return
        if "missing" in entity:
            named = own or number or entity.get("title") or where
            yield rejected(self.source, str(named), "gone", "deleted, or never there: the file says “missing”")
            return
        if not isinstance(own, str) or not ENTITY_ID.fullmatch(own) or "-" in own:
            yield rejected(self.source, where, "bad-row", f"no entity: its id is {str(own)[:60]!r}")
            return
        try:
            yield from _Reading(self, entity, own).items()
        except RecursionError:
            yield rejected(self.source, own, "too-deep", "values inside each other")
            return
        earlier = entity.get("redirects")
        if isinstance(earlier, dict) and isinstance(earlier.get("from"), str):
            yield from self._merged(earlier["from"], own, where)
        elif number and number != own and ENTITY_ID.fullmatch(number):
            yield from self._merged(number, own, where)

    def path(self, number: str) -> str:
        """The path of an entity's article."""
        return f"{_NAMESPACES.get(number[0], '') if self.namespaced else ''}{number.partition('-')[0]}"

    def _merged(self, number: str, into: object, where: str) -> Iterator[Item]:
        if ENTITY_ID.fullmatch(number) and isinstance(into, str) and ENTITY_ID.fullmatch(into):
            path = self.path(number)
            yield Redirect(source=self.source, path=path, title=number, target=self.path(into))
        else:
            yield rejected(self.source, where, "broken-redirect", f"{number[:60]} leads to {str(into)[:60]}")


class _Reading:
    """One entity that is being read."""

    def __init__(self, by: Entities, entity: Entity, number: str) -> None:
        self.by, self.entity, self.number = by, entity, number
        self.values = by.values
        self.dropped: Counter[str] = Counter()
        self.kind = _KINDS[number[0]]
        self.labels = self._texts("lemmas" if self.kind == "lexeme" else "labels")
        self.code = self._language()
        self.tag = self.values.tag(self.code) if self.code else ""
        english = primary(self.tag or by.language or "en") == "en"
        self.page = EntityPage(names=by.names, path=by.path, english=english)
        self.claims = ClaimReader(by.source, self.values, self.page, self.dropped)

    def items(self) -> Iterator[Item]:
        """The statements, then the article."""
        descriptions = self._texts("descriptions")
        aliases = self._aliases()
        title = self._title()
        self.page.begin(title, descriptions.get(self.code, ""), aliases.get(self.code, ()), self._about())
        yield from self.claims.read(self.entity.get("claims", self.entity.get("statements")), self.number)
        if self.kind == "lexeme":
            yield from self._lexeme()
        elif self.kind == "property":
            yield from self._fact(self.number, "data type", self.entity.get("datatype"))
        yield from self._sitelinks()
        self.page.languages(self.labels, descriptions, aliases, self.code, self.values.tag)
        made = self._document(title, aliases)
        large = len(made.content) > MAX_DOCUMENT
        yield rejected(self.by.source, self.number, "too-large", "its page") if large else made

    def _document(self, title: str, aliases: dict[str, tuple[str, ...]]) -> Document:
        names = dict.fromkeys((self.number, *map(title_line, self.labels.values())))
        for several in aliases.values():
            names.update(dict.fromkeys(map(title_line, several)))
        names.pop(title, None)
        names.pop("", None)
        if len(names) > MAX_NAMES:
            self.dropped["other-names"] += len(names) - MAX_NAMES
        number, modified = self.number, self.entity.get("modified")
        address = f"{_COMMONS}{number}" if number[0] == "M" else f"{_WIKI}{_NAMESPACES.get(number[0], '')}{number}"
        revision = self.entity.get("lastrevid")
        return Document(
            source=self.by.source,
            path=self.by.path(number),
            title=title,
            markup="html",
            content=self.page.html(),
            language=self.tag,
            aliases=tuple(names)[:MAX_NAMES],
            url=address if self.values.scheme == "wikidata" else "",
            revision=str(revision) if isinstance(revision, int) else "",
            modified=modified if isinstance(modified, str) and len(modified) <= 40 else "",
            dropped=tuple((f"wikibase:{rule}", count) for rule, count in sorted(self.dropped.items()) if count),
            identifiers=(self.values.identifier(number),),
        )

    def _title(self) -> str:
        if self.kind == "lexeme":
            shown = title_line(" / ".join(dict.fromkeys(self.labels.values())))
        else:
            shown = title_line(self.labels.get(self.code, ""))
        if not shown and self.kind == "mediainfo" and isinstance(self.entity.get("title"), str):
            shown = title_line(self.entity["title"].partition(":")[2] or self.entity["title"])
        return shown or self.number

    def _language(self) -> str:
        """The code of the language that the article is in."""
        wanted = self.by.language or "en"
        if self.kind == "lexeme":
            return next(iter(self.labels), "")
        for code in (wanted, primary(wanted), "en", "mul"):
            if code in self.labels:
                return code
        return next(iter(self.labels), "")

    def _about(self) -> str:
        """What kind of entity it is, in words."""
        if self.kind == "lexeme":
            names = [self.by.names(part) for part in (self.entity.get("language"), self.entity.get("lexicalCategory"))
                     if isinstance(part, str)]  # fmt: skip
            return f"Lexeme {self.number}" + (f" ({', '.join(names)})" if names else "")
        word = {"property": "Property", "mediainfo": "File", "item": "Item"}.get(self.kind, "Entity")
        return f"{word} {self.number}"

    def _texts(self, name: str) -> dict[str, str]:
        """Code of the language → text; the first of each language."""
        return self._of_languages(self.entity.get(name), name)

    def _of_languages(self, held: object, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        if not held:
            return found  # also [], which PHP writes for an empty object
        if not isinstance(held, dict):
            self.dropped[f"bad-{name}"] += 1
            return found
        for code, text in held.items():
            text = text.get("value") if isinstance(text, dict) else text
            if isinstance(text, str):
                found[code] = self._cut(text)
            else:
                self.dropped[f"bad-{name}"] += 1
        return found

    def _cut(self, text: str) -> str:
        self.dropped["long-value"] += len(text) > MAX_TEXT
        return text[:MAX_TEXT]

    def _aliases(self) -> dict[str, tuple[str, ...]]:
        held = self.entity.get("aliases")
        found: dict[str, tuple[str, ...]] = {}
        if held and not isinstance(held, dict):
            self.dropped["bad-aliases"] += 1
        elif held:
            for code, several in held.items():
                texts = []
                for each in several if isinstance(several, list) else [several]:
                    text = each.get("value") if isinstance(each, dict) else each
                    if isinstance(text, str):
                        texts.append(self._cut(text))
                    else:
                        self.dropped["bad-aliases"] += 1
                found[code] = tuple(texts)
        return found

    def _fact(self, subject: str, property_: str, value: object, *, code: str = "", place: str = "") -> Iterator[Item]:
        """Something that the entity says outside of its claims."""
        if not isinstance(value, str) or not value:
            return
        item = not code and ENTITY_ID.fullmatch(value)
        yield SourceStatement(
            source=self.by.source,
            path=f"{subject}/{property_}{place}",
            subject=self.values.identifier(subject),
            property=property_,
            kind="item" if item else "text",
            value=self.values.identifier(value) if item else value,
            language=self.values.tag(code) if code else "",
        )

    def _lexeme(self) -> Iterator[Item]:
        """Its language, kind and lemmas, its forms and senses, with what is claimed of each."""
        for name, called in (("language", "language"), ("lexicalCategory", "lexical category")):
            yield from self._fact(self.number, called, self.entity.get(name))
        for code, text in self.labels.items():
            yield from self._fact(self.number, "lemma", text, code=code, place=f"/{code}")
        for kind, texts, called in (("forms", "representations", "form"), ("senses", "glosses", "sense")):
            held = self.entity.get(kind) or []
            for each in held if isinstance(held, list) else []:
                number = each.get("id") if isinstance(each, dict) else None
                if not isinstance(number, str) or not ENTITY_ID.fullmatch(number):
                    self.dropped[f"bad-{kind}"] += 1
                    continue
                words = self._of_languages(each.get(texts), texts)
                features = each.get("grammaticalFeatures") if called == "form" else None
                several = [one for one in features if isinstance(one, str)] if isinstance(features, list) else []
                self.page.part(number, words, several, called, self.values.tag)
                for code, text in words.items():
                    yield from self._fact(number, called, text, code=code, place=f"/{code}")
                for one in several:
                    yield from self._fact(number, "grammatical feature", one, place=f"/{one}")
                yield from self.claims.read(each.get("claims"), number)

    def _sitelinks(self) -> Iterator[Item]:
        held = self.entity.get("sitelinks")
        if not held:
            return
        if not isinstance(held, dict):
            self.dropped["bad-sitelinks"] += 1
            return
        for site, link in held.items():
            title = link.get("title") if isinstance(link, dict) else link
            if not isinstance(title, str) or not title:
                self.dropped["bad-sitelinks"] += 1
                continue
            badges = link.get("badges", []) if isinstance(link, dict) else []
            named = [badge for badge in badges if isinstance(badge, str)] if isinstance(badges, list) else []
            self.page.sitelink(site, title)
            yield SourceStatement(
                source=self.by.source,
                path=f"{self.number}/sitelink/{site}",
                subject=self.values.identifier(self.number),
                property="sitelink",
                kind="text",
                value=title,
                qualifiers=(
                    Qualifier(property="site", kind="text", value=site),
                    *(Qualifier(property="badge", kind="item", value=self.values.identifier(b)) for b in named),
                ),
            )
