"""The card of a tokenizer: what it learned from, what its tokens hold, and the command that makes it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from galactica import __version__

if TYPE_CHECKING:
    from galactica.train.loading.making import MadeTokenizer


def tokenizer_card(
    made: MadeTokenizer, editions: Sequence[tuple[str, str]], sample: int, special: Sequence[str]
) -> str:
    """The card, in Markdown.

    Args:
        editions: (root, title) of those that the view is of.
        sample: megabytes of text that were asked for.
        special: tokens that were asked for besides those that are always there.
    """
    named = "".join(f" --special '{each}'" for each in special)
    lines = [
        f"# {made.path.name}",
        "",
        f"A byte-level BPE tokenizer with {made.size:,} tokens, trained with `tokenizers` on {made.documents:,}"
        f" documents ({made.bytes / 1e6:.1f} MB of text) of a view. Every text can be written in it, and comes back to"
        " the letter.",
        "",
        f"* SHA-256 of the file: `{made.hash}`",
        f"* view: `{made.view}`",
        *(f"* edition: {title} (`{root}`)" for root, title in editions),
        f"* made by galactica {__version__}: `galactica train tokenizer VIEW {made.path.name} --size {made.asked}"
        f" --sample {sample}{named}`",
        "",
        "## Bytes of text to a token",
        "",
        *told_table(made),
        "",
        "Measured on texts of the view that it did not learn from, where there were any.",
    ]
    return "\n".join(lines) + "\n"


def told_table(made: MadeTokenizer) -> list[str]:
    """Bytes to a token by language, this tokenizer's beside others', as a table in Markdown."""
    names = [name for name, _ in made.languages[0].beside] if made.languages else []
    rows = [["language", "text", "this", *names], ["---", "---:", "---:", *("---:" for _ in names)]]
    for each in made.languages:
        others = [f"{each.held(tokens):.2f}" for _, tokens in each.beside]
        rows.append([each.language, f"{each.bytes / 1e3:,.0f} kB", f"{each.held():.2f}", *others])
    return ["| " + " | ".join(row) + " |" for row in rows]
