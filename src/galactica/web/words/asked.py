"""Whether what was typed looks like a question. Only an offer hangs on it: to ask, where one has searched."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[?？؟;՞⁇]\s*$")
_WORDS = re.compile(
    r"(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|does|do|did|can|in (?:what|which)"
    r"|wer|wen|wem|was|wann|wo|woher|wohin|warum|wie|welche[rsmn]?"
    r"|qui|que|quoi|quand|où|pourquoi|comment|quel(?:le)?s?|combien"
    r"|quién|qué|cuándo|dónde|cuál(?:es)?|cómo|cuántos?|кто|что|где|когда|почему|как|какой|какая|сколько)\s+\S+\s+\S",
    re.IGNORECASE,
)
_HAN = re.compile(r"谁|誰|什么|什麼|哪|何时|何時|何年|为什么|為什麼|怎么|怎麼|多少|几[个年月人次]|吗\s*$|嗎\s*$")


def looks_asked(query: str) -> bool:
    """Whether a query looks like a question, so that the results offer to ask it."""
    return bool(_MARKS.search(query) or _WORDS.match(query) or _HAN.search(query))
