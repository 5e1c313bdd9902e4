"""Which of the releases that are announced on a channel is received: whoever sends on it may be anybody.

Rule 1. A release is taken where `decide` takes it, which checks signatures, roots and numbers.
Rule 2. What is received is the one that is vouched for best: by the root that the person named, by a publication or
key that is trusted here, by keys at their first use, by nobody. Among these, the first; a later one takes its place
only with a higher number in the same publication, or better vouched for.
Rule 3. All others are refused, which costs a sender of false releases his time and nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from galactica.errors import ProofError
from galactica.spread.packets.announcement import Announcement
from galactica.spread.packets.broadcasting import travelling
from galactica.spread.packets.layout import SentObject
from galactica.spread.release.document import Release
from galactica.spread.trust.deciding import TrustedRelease

_ROOT_NAME = re.compile(r"([1-9][0-9]{0,4})\.root\.json")
_STANDING = {"root": 3, "publication": 2, "key": 2, "first use": 1, "nobody": 0}
"""How well a release is vouched for, by `TrustedRelease.vouched`."""

MOST_SHOWN = 80
"""Letters of a title that are shown of a release that is not taken: anybody may have written it."""

Decide = Callable[[bytes, Mapping[str, bytes], Mapping[int, bytes]], TrustedRelease]
"""(document, signatures by name, root documents by version) → why it is taken; raises ProofError where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRelease:
    """A release that is received.

    Attributes:
        release: what it is.
        trusted: why it is taken.
        announcement: as it came.
    """

    release: Release
    trusted: TrustedRelease
    announcement: Announcement


class ReleaseChoice:
    """Judges announcements, for a `Receiver`, and knows which release is received.

    Attributes:
        chosen: what is received; None before anything was taken.
    """

    def __init__(self, decide: Decide) -> None:
        self._decide = decide
        self.chosen: ChosenRelease | None = None

    def __call__(self, announcement: Announcement) -> Sequence[SentObject]:
        """The objects of a release that is taken.

        Raises:
            ProofError: it is not taken.
            EditionError: it is no release.
        """
        signatures = dict(announcement.files)
        roots = {
            int(name[1]): signatures.pop(name[0]) for each in [*signatures] if (name := _ROOT_NAME.fullmatch(each))
        }
        trusted = self._decide(announcement.document, signatures, roots)
        if self.chosen is not None and not self._is_better(trusted):
            title = "".join(each if each.isprintable() else " " for each in trusted.head.title[:MOST_SHOWN])
            raise ProofError(
                f"Another release is sent here, too: “{title}”, number {trusted.head.number}, "
                f"root {trusted.head.root}.",
                "Receive it into another folder, naming its root (--root).",
            )
        release = Release.from_bytes(announcement.document)
        self.chosen = ChosenRelease(release=release, trusted=trusted, announcement=announcement)
        return travelling(release)

    def _is_better(self, other: TrustedRelease) -> bool:
        """Whether another release is the one that is received (in packets of another length), or better."""
        assert self.chosen is not None
        ours = self.chosen.trusted
        if other.raw == ours.raw:
            return True
        one, two = _STANDING[ours.vouched], _STANDING[other.vouched]
        same = bool(ours.publication) and ours.publication == other.publication
        return two > one or (same and two == one and other.head.number > ours.head.number)
