"""The study group: several researchers look in different ways at once, a chair puts together what they bring.

    question ─▶ researchers (in parallel, each within its time) ─ findings ─▶ chair ─ proved answers ─▶ sentences
                                                                                        └▶ a model, if one was chosen

Everything that was done is a step of the answer's work. A researcher that fails, or is not done in time, is left out
with a note; what the others brought stands.
"""

from __future__ import annotations

from galactica.ask.group.studying import answer_as_group, study

__all__ = ["answer_as_group", "study"]
