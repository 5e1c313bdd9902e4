"""Others beside the thing of a question in a clause: "Holm, Berg, and Lund won", "Lund beat Berg, Holm, and Dahl"."""

from __future__ import annotations

from collections.abc import Callable, Collection

from galactica.ask.pieces import CAPITAL, Pieces

Gap = Callable[[int], str]
"""Number of a word → what stands between it and the word before it."""


def within_list(pieces: Pieces, name: tuple[int, int], gap: Gap, joint: str, opens: Collection[str]) -> bool:
    """Whether a name is a further one of a list of names that begins no clause: "critics of Lund and Holm".

    Args:
        name: number of its first piece, and of the one behind it.
        joint: the word before the last of a list.
        opens: words behind which a clause may begin.
    """
    first, behind = name
    goes_on = behind < len(pieces) and (gap(behind) == "," or pieces.words[behind] == joint)
    at = first
    while at:
        joined = pieces.words[at - 1] == joint
        before = at - 2 if joined else at - 1
        if (
            before < 0
            or pieces.kinds[before] != CAPITAL
            or not (joined or (gap(at) == "," and (goes_on or at < first)))
        ):
            break
        while before and pieces.kinds[before - 1] == CAPITAL and not gap(before):
            before -= 1
        at = before
    if at in (0, first):
        return False
    return gap(at)[-1:] not in (";", ":", ".") and (pieces.words[at - 1] == joint or pieces.words[at - 1] not in opens)


def closes_list(pieces: Pieces, between: range, gap: Gap, member: Collection[str]) -> bool:
    """Whether the words between a thing and its verb are others of one list with it: its last one stands behind a word
    that joins it, and right before the verb. "After Holm, Berg won" tells of Berg alone.

    Args:
        member: words between the members of a list.
    """
    joined = [at for at in between if pieces.words[at] in member]
    return bool(joined) and all(gap(at) != "," for at in range(joined[-1] + 1, between.stop + 1))
