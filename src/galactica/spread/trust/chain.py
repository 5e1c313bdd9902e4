"""The chain of root documents: from one that is trusted to the newest, each step signed by the old keys and by the new.

Rule 1: a root is followed by the one of the next version, and by no other: no gap, none twice.
Rule 2: it is signed by as many keys of the root before as that asks for, and by as many of its own (TUF §5.3.4).
Rule 3: it names the same publication.
Rule 4: nobody asks a clock here. Expiry counts on line alone (`online`); off line, versions and the chain protect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from galactica.errors import ProofError
from galactica.spread.trust.roots import NamedKey, RootDocument, read_root

MOST_ROOTS = 256
"""Roots that are followed in one chain: one a month for twenty years. Each costs some signatures."""

_ASK = "Ask the publisher, by another way, what became of the keys; trust nothing of this copy."


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedRoot:
    """A root document that its own keys vouch for, and, from the second on, those of the root before.

    Made by `first_root`, `next_root` and `follow_roots` alone. Whether the person trusts the beginning of its chain is
    another question: see `store` and `deciding`.

    Attributes:
        document: the root.
    """

    document: RootDocument

    @property
    def version(self) -> int:
        """Of the root."""
        return self.document.version

    @property
    def publication(self) -> str:
        """Id of the publication, 64 hex digits."""
        return self.document.publication

    @property
    def threshold(self) -> int:
        """Keys that must sign a release."""
        return self.document.roles["targets"].threshold

    @property
    def release_keys(self) -> Mapping[str, NamedKey]:
        """The keys that may sign releases, by key id."""
        return {each.keyid: each for each in self.document.holders("targets")}


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSignatures:
    """Signatures that a root still needs.

    Attributes:
        version: of the root by whose rule they are needed: the one before, or itself.
        have: how many of that one's keys have signed.
        more: how many more must.
        of: those who may.
    """

    version: int
    have: int
    more: int
    of: tuple[NamedKey, ...]

    @property
    def told(self) -> str:
        """The same for people."""
        names = ", ".join(each.told for each in self.of)
        return f"by root {self.version}, {self.have} signed and {self.more} more must, of {names}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RootSignatures:
    """Who has signed a root, and who else is needed.

    Attributes:
        signed: keys whose signature holds.
        missing: what is still asked for.
    """

    signed: tuple[NamedKey, ...]
    missing: tuple[MissingSignatures, ...]

    @property
    def enough(self) -> bool:
        """Whether no signature is missing."""
        return not self.missing


def root_signatures(document: RootDocument, before: RootDocument | None) -> RootSignatures:
    """Who has signed a root, by the rules of the root before (None: it is where a chain begins) and by its own."""
    root = document.metadata.signed
    payload, signatures = document.metadata.signed_bytes, document.metadata.signatures
    signed: dict[str, NamedKey] = {}
    missing = []
    for judge in (before, document) if before is not None else (document,):
        rule = judge.roles["root"]
        result = judge.metadata.signed.get_verification_result(root.type, payload, signatures)
        keys = {each: judge.keys[each] for each in rule.keyids}
        signed |= {each: keys[each] for each in result.signed}
        open_ = tuple(keys[each] for each in rule.keyids if each not in result.signed)
        have = len(result.signed)
        if have < rule.threshold:
            more = rule.threshold - have
            missing.append(MissingSignatures(version=judge.version, have=have, more=more, of=open_))
    return RootSignatures(signed=tuple(signed.values()), missing=tuple(missing))


def first_root(raw: bytes) -> TrustedRoot:
    """A root as the beginning of trust: its own keys have signed it.

    Raises:
        ProofError: they have not, or it is no root.
    """
    document = read_root(raw)
    _check(document, None)
    return TrustedRoot(document=document)


def next_root(trusted: TrustedRoot, raw: bytes) -> TrustedRoot:
    """The root that follows one that is trusted.

    Raises:
        ProofError: it does not follow it.
    """
    document, before = read_root(raw), trusted.document
    if document.version != before.version + 1:
        raise ProofError(
            f"Root document {before.version} is followed by {document.version}, not by {before.version + 1}.",
            "The chain of roots has a gap, or goes back. Take a copy that has all of it.",
        )
    if document.publication != before.publication:
        raise ProofError(f"Root document {document.version} is of another publication.", _ASK)
    _check(document, before)
    return TrustedRoot(document=document)


def follow_roots(roots: Mapping[int, bytes], trusted: TrustedRoot | None = None) -> TrustedRoot:
    """The newest root of a chain.

    Args:
        roots: root documents by version, as a publication has them.
        trusted: the root that is trusted; None: whoever asks knows none, and the chain begins with its first.

    Raises:
        ProofError: the chain has a gap, forks from what is trusted, or a step in it is not vouched for.
    """
    if len(roots) > MOST_ROOTS:
        raise ProofError(f"There are more than {MOST_ROOTS} root documents.", "No publisher makes so many.")
    if trusted is None:
        if 1 not in roots:
            raise ProofError("The chain of roots does not begin with its first.", "Take a copy that has all of it.")
        trusted = first_root(roots[1])
        if trusted.version != 1:
            raise ProofError("The first root document is not of version 1.", "Take another copy.")
    elif trusted.version in roots:
        same = read_root(roots[trusted.version])
        if same.digest != trusted.document.digest:
            raise ProofError(
                f"There are two root documents {same.version}: this copy's is not the one that is trusted here. "
                "The keys were changed, or somebody speaks in the publisher's name.",
                _ASK,
            )
    newest = max(roots, default=trusted.version)
    for version in range(trusted.version + 1, newest + 1):
        if version not in roots:
            raise ProofError(
                f"Root document {version} is missing, while there is a {newest}.", "Take a copy that has all of them."
            )
        trusted = next_root(trusted, roots[version])
    return trusted


def key_changes(before: TrustedRoot, after: TrustedRoot) -> tuple[str, ...]:
    """What a person is told where a chain has gone on; nothing where it has not."""
    if after.version == before.version:
        return ()
    said = [f"The keys were changed by those who held them: root {before.version} is followed by {after.version}."]
    for role, what in (("targets", "sign releases"), ("root", "change the keys")):
        old = {each.keyid: each for each in before.document.holders(role)}
        new = {each.keyid: each for each in after.document.holders(role)}
        gone = [each.told for keyid, each in old.items() if keyid not in new]
        come = [each.told for keyid, each in new.items() if keyid not in old]
        if come:
            said.append(f"May {what} now: {', '.join(come)}.")
        if gone:
            said.append(f"May {what} no more: {', '.join(gone)}.")
        one, other = before.document.roles[role].threshold, after.document.roles[role].threshold
        if one != other:
            said.append(f"{other} of {len(new)} must sign to {what}; it was {one} of {len(old)}.")
    return tuple(said)


def _check(document: RootDocument, before: RootDocument | None) -> None:
    found = root_signatures(document, before)
    if not found.enough:
        rule = "; ".join(each.told for each in found.missing)
        raise ProofError(f"Root document {document.version} is not signed by enough keys: {rule}.", _ASK)
