"""The data card of a view: what is in it, from whom, on what terms, what was left out; for people and for programs.

The same view gives the same card on every machine: it names editions and files without their folders. Headings follow
the data cards of the field (M. Pushkarna and others, "Data Cards", FAccT 2022): what, provenance, terms, filters, how
it is made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from galactica.edition import Edition
from galactica.train.card import as_markdown, shell_word
from galactica.train.material import PROGRAM
from galactica.train.views.decisions import Decisions, counted_reasons
from galactica.train.views.excluding import ExcludedFile
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.gathering import ChosenTexts
from galactica.train.views.header import CARD, CARD_DATA, ViewHeader
from galactica.train.views.licence_duties import duties
from galactica.train.views.near import NearReport, near_told
from galactica.train.views.tokens import ESTIMATE, ESTIMATED

MOST_ROWS = 100
"""Rows of a table for people; all of them stand in card.json."""

CARD_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCard:
    """What a card tells, as JSON."""

    document: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        name: str,
        header: ViewHeader,
        editions: Sequence[Edition],
        gathered: ChosenTexts,
        decisions: Sequence[Decisions],
        asked: ViewFilter,
        excluded: Sequence[ExcludedFile],
        near: NearReport | None,
    ) -> ViewCard:
        """The card of a view that was just made."""
        counts = header.counts
        passages = [
            each
            for decided in decisions
            for row, several in decided.cut_out.items()
            if not decided.reason[row]
            for each in several
        ]
        return cls(
            document={
                "version": CARD_VERSION,
                "name": name,
                "hash": header.hash,
                "program": PROGRAM,
                "editions": [
                    {"title": e.statement.title, "root": e.root, "articles": len(e), "documents": len(d.taken)}
                    for e, d in zip(editions, decisions, strict=True)
                ],
                "documents": counts.documents,
                "bytes": counts.bytes,
                "tokens": counts.tokens,
                "tokens_by": header.tokens_by,
                "languages": _counted(counts.languages),
                "licences": [each | {"asks": list(duties(each["name"]))} for each in _counted(counts.licences)],
                "sources": _sources(counts.sources, editions, gathered),
                "creators": list(gathered.creators),
                "more_creators": gathered.more_creators,
                "mix": [{"name": group, "weight": weight} for group, weight in header.mix],
                "left_out": dict(counted_reasons(decisions)),
                "joined_duplicates": [bool(each) for each in header.filter.get("duplicates", ())],
                "near": asdict(near) if near is not None else None,
                "passages_cut": {"passages": len(passages), "characters": sum(p.end - p.start for p in passages)},
                "exclude": [asdict(each) for each in excluded],
                "exclude_words": header.filter.get("exclude_words"),
                "command": command(name, editions, asked),
            }
        )

    def markdown(self) -> str:
        """The card for people."""
        d = self.document
        parts = [
            f"# {as_markdown(d['name'])}",
            f"A view of {_number(d['documents'], 'document')}, {d['bytes'] / 1e6:,.1f} MB of text, {_tokens(d)}; "
            f"named `{d['hash']}`.",
            "It is no copy: it names records of the editions below by their hashes, and is read with them.",
            "## Editions\n\n"
            + _table(
                ("edition", "root", "articles", "in the view"),
                [(e["title"], e["root"], f"{e['articles']:,}", f"{e['documents']:,}") for e in d["editions"]],
            ),
            "## Languages\n\n" + _shares(d["languages"], d["bytes"], "language"),
            "## Sources\n\n" + _sources_told(d["sources"]),
            "## Licences, and what they ask\n\n" + _licences_told(d["licences"], d["bytes"]),
            "## Attribution\n\n" + _attribution(d),
        ]
        if len(d["mix"]) > 1:
            rows = [(each["name"], f"{each['weight']:.4f}") for each in d["mix"]]
            parts.append("## Mix\n\n" + _table(("group", "share of the tokens"), rows))
        parts += ["## Left out\n\n" + _left_out(d), "## Evaluation sets\n\n" + _excluded(d)]
        parts.append(f"## Made again\n\n```\n{d['command']}\n```\n\nMade with {d['program']}.")
        return "\n\n".join(parts) + "\n"


def write_view_card(folder: Path, card: ViewCard) -> None:
    """Write a card into a view's folder, for people and for programs."""
    (folder / CARD).write_text(card.markdown(), encoding="utf-8", newline="\n")
    text = json.dumps(card.document, ensure_ascii=True, sort_keys=True, indent=1) + "\n"
    (folder / CARD_DATA).write_text(text, encoding="ascii", newline="\n")


def command(name: str, editions: Sequence[Edition], asked: ViewFilter) -> str:
    """What was called, with names for paths."""
    lines = ["galactica dataset " + " ".join(shell_word(each.path.name) for each in editions)]
    for option, values in (("languages", asked.languages), ("licences", asked.licences), ("sources", asked.sources)):
        lines += [f"--{option} {shell_word(value)}" for value in values]
    lines += [f"--min-quality {shell_word(rule.text)}" for rule in asked.min_quality]
    lines += [f"--exclude {shell_word(file.name)}" for file in asked.exclude]
    if asked.exclude and asked.exclude_words != ViewFilter().exclude_words:
        lines.append(f"--exclude-words {asked.exclude_words}")
    lines += ["--near"] * asked.near
    lines += [f"--mix {shell_word(f'{group}={weight:g}')}" for group, weight in asked.mix]
    if asked.max_tokens is not None:
        lines.append(f"--max-tokens {asked.max_tokens}")
    if asked.tokenizer is not None:
        lines.append(f"--tokenizer {shell_word(asked.tokenizer.name)}")
    return " \\\n    ".join([*lines, shell_word(name)])


def _counted(counts: Sequence[tuple[str, int, int]]) -> list[dict[str, Any]]:
    """Those that have most bytes first."""
    ordered = sorted(counts, key=lambda each: (-each[2], each[0]))
    return [{"name": name, "documents": documents, "bytes": size} for name, documents, size in ordered]


def _sources(
    counts: Sequence[tuple[str, int, int]], editions: Sequence[Edition], gathered: ChosenTexts
) -> list[dict[str, Any]]:
    out = []
    for each in _counted(counts):
        told = {"title": "", "publisher": "", "licence": "", "attribution": "", "url": "", "date": "", "creators": []}
        dates: list[str] = []
        for number, edition in enumerate(editions):
            source = next((s for s in edition.sources if s.key == each["name"]), None)
            if source is not None:
                told = {name: told[name] or getattr(source, name) for name in told}
                dates += gathered.dates.get((number, each["name"]), ())
        told["creators"] = list(told["creators"])
        span = {"earliest": min(dates, default=""), "latest": max(dates, default="")}
        out.append({"key": each["name"], "documents": each["documents"], "bytes": each["bytes"], **told, **span})
    return out


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _tokens(d: Mapping[str, Any]) -> str:
    if d["tokens_by"] == ESTIMATE:
        return f"about {d['tokens']:,} tokens (an estimate: {ESTIMATED} bytes a token)"
    return f"{d['tokens']:,} tokens (of the tokenizer whose file has the SHA-256 `{d['tokens_by'][:16]}…`)"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    shown = [f"| {' | '.join(as_markdown(cell) for cell in row)} |" for row in rows[:MOST_ROWS]]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *shown]
    if len(rows) > MOST_ROWS:
        lines += ["", f"… and {len(rows) - MOST_ROWS:,} more, in card.json."]
    return "\n".join(lines)


def _shares(counts: Sequence[Mapping[str, Any]], whole: int, kind: str) -> str:
    rows = [
        (each["name"] or "not stated", f"{each['documents']:,}", f"{each['bytes']:,}", f"{each['bytes'] / whole:.1%}")
        for each in counts
    ]
    return _table((kind, "documents", "bytes", "share"), rows)


def _sources_told(sources: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        (
            f"{s['title'] or s['key']} ({s['key']})",
            s["publisher"],
            f"{s['documents']:,}",
            f"{s['bytes']:,}",
            s["licence"] or "not stated",
            f"{s['earliest']} – {s['latest']}" if s["earliest"] != s["latest"] else s["earliest"] or "not known",
            s["url"],
        )
        for s in sources
    ]
    head = ("source", "publisher", "documents", "bytes", "licence", "dates of its articles", "address")
    return _table(head, rows)


def _licences_told(licences: Sequence[Mapping[str, Any]], whole: int) -> str:
    asks = [f"* {as_markdown(each['name'] or 'not stated')}: {' '.join(each['asks'])}" for each in licences]
    note = (
        "This is said of the text, where it is passed on: in an export, a sample, an output that repeats it. What the "
        "law says of models that are trained on it is not said here."
    )
    return "\n\n".join([_shares(licences, whole, "licence"), "\n".join(asks), note])


def _attribution(d: Mapping[str, Any]) -> str:
    lines = []
    for s in d["sources"]:
        said = (s["title"] or s["key"], *s["creators"], s["publisher"], s["date"], s["licence"], s["url"])
        line = ", ".join(as_markdown(part) for part in dict.fromkeys(said) if part)
        lines.append(f"* {line}" + (f". {as_markdown(s['attribution'])}" if s["attribution"] else ""))
    if d["creators"]:
        named = "; ".join(as_markdown(name) for name in d["creators"][:MOST_ROWS])
        more = len(d["creators"]) - MOST_ROWS
        rest = f" … and {more:,} more, in card.json" if more > 0 else ""
        lines += ["", f"Authors that articles name: {named}{rest}."]
    lines += ["", "Each document's own title, address, date and licence are told by `View.about` and stand in exports."]
    return "\n".join(lines)


def _left_out(d: Mapping[str, Any]) -> str:
    articles, out = sum(e["articles"] for e in d["editions"]), sum(d["left_out"].values())
    lines = [f"{_number(articles, 'article')} = {_number(d['documents'], 'document')} and {out:,} left out."]
    if d["left_out"]:
        rows = [(REASONS_TOLD[reason], f"{count:,}") for reason, count in d["left_out"].items()]
        lines.append(_table(("why", "articles"), rows))
    lines.append("Each is a row of excluded.parquet.")
    without = [e["title"] for e, known in zip(d["editions"], d["joined_duplicates"], strict=True) if not known]
    if d["near"] is not None:
        lines.append(near_told(d["near"]))
    elif without:
        named = ", ".join(as_markdown(title) for title in without)
        lines.append(
            f"Near duplicates were not looked for in {named} (`galactica join` finds them); texts that are the same to "
            "the letter were."
        )
    return "\n\n".join(lines)


REASONS_TOLD = {
    "source": "another source",
    "language": "another language",
    "licence": "another licence",
    "quality": "breaks a rule of quality",
    "duplicate": "in another article too (galactica join)",
    "empty": "no text",
    "copy": "the same text as another, to the letter",
    "near": "nearly the same as another",
    "evaluation": "too much of it is in an evaluation set",
    "mix": "in no group of the mix",
    "max-tokens": "beyond the bound on tokens",
}


def _excluded(d: Mapping[str, Any]) -> str:
    if not d["exclude"]:
        return "None was named: whether text of an evaluation is in this view is not known."
    rows = [
        (e["name"], e["sha256"], f"{e['items']:,}", f"{e['short']:,}", f"{e['found']:,}", f"{e['passages']:,}")
        for e in d["exclude"]
    ]
    cut = d["passages_cut"]
    return "\n\n".join(
        [
            f"No document shares {d['exclude_words']} words in a row (in scripts without spaces, twice as many "
            "letters) with a text of these files, or the whole of a shorter one that has eight words:",
            _table(
                ("file", "SHA-256", "texts looked for", "too short", "of these found", "passages cut or left out"), rows
            ),
            f"{_number(cut['passages'], 'passage')} with {cut['characters']:,} characters were cut out of documents "
            f"that stay; {_number(d['left_out'].get('evaluation', 0), 'document')} had too little left. Each is a row "
            "of excluded.parquet with the words that were shared.",
        ]
    )
