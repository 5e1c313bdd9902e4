"""Does a text give orders to a machine? A sieve with wide holes, and one of several: see `prose` for the others.

What it finds is shown to the person like any quotation, and only not handed to a model. It is no judge of articles that
are about such orders: those are not handed over either, and the answer is made of quotations.
"""

from __future__ import annotations

import re

from galactica.codes.letters import folded

MOST_READ = 5_000

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|context|above|previous|prior)\b"
    r"|\b(?:previous|prior|above|system|these|your) (?:instructions?|prompts?)\b"
    r"|\byou are (?:now )?(?:an? )?(?:\w+ ){0,2}(?:ai|assistant|chatbot|language model|llm)\b"
    r"|\b(?:as|to) (?:an? |the |any )?(?:ai|assistant|chatbot|language model|llm)s?\b"
    r"|\b(?:call|use|invoke|run|execute) (?:the )?(?:tool|function|command|plugin)\b"
    r"|\b(?:say|reply|respond|answer|output|print|write|repeat|tell (?:the )?user)s? "
    r"(?:only |exactly |that |with |instead)"
    r"|^\s*(?:system|assistant|user|human|instructions?)\s*:"
    r"|<\|?(?:system|im_start|im_end|endoftext|assistant|user)\b|\[/?inst\]|</?data>|\[system\]"
    r"|忽略.{0,12}(?:指令|指示|说明|提示)|(?:系统|系統)提示|请回答[“\"]|ignoriere.{0,30}(?:anweisung|instruktion)"
    r"|ignora.{0,30}instruccion|ignore[zr]? .{0,30}(?:consignes|instructions)|игнорируй.{0,30}(?:инструкц|указан)",
    re.IGNORECASE | re.MULTILINE,
)


def gives_orders(text: str) -> bool:
    """Whether a text looks as if it told a machine what to do."""
    plain = text[:MOST_READ]
    return _ORDERS.search(plain) is not None or _ORDERS.search(folded(plain)) is not None
