"""How many examples a property is tried on: few and always the same, or, when asked, many and drawn anew."""

from __future__ import annotations

from hypothesis import settings

QUICK, DEEP = "quick", "deep"
"""The names of the two profiles."""

EXAMPLES = 50
"""Examples of a property that says nothing of its own."""

DEEPER = 20
"""How many times as many a deep run tries."""


def examples(count: int) -> settings:
    """A property that needs another number than the usual one, because an example of it is dear, or says little.

    Args:
        count: how many in a quick run, at least 1.
    """
    deep = settings.get_current_profile_name() == DEEP
    return settings(max_examples=count * (DEEPER if deep else 1))
