"""What is made of an edition's articles (indexes, what is joined) and damaged: taken from copies that have it right.

Each such folder has a manifest of its own, which names the root it was made for. A file is taken from a copy where the
same bytes lie there; a manifest that vouches for nothing any more, with all that it names, from a copy whose folder is
whole. What no copy has is said to be lost: unlike articles it can be made again, by a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from galactica.edition import bag
from galactica.edition.derived import derived_folders
from galactica.preserve.copies import Repairing, StillLost, copy_over, overwrite, size_there, sum_or_none


def mend_derived(edition: Path, copies: Sequence[Path], root: str, done: Repairing) -> None:
    """Put right files under `index/` and `joined/`; what is left is lost.

    Args:
        copies: of the same edition, or what was named as such.
        root: of the edition, as it states it and its own form vouches for.

    Raises:
        MissingError: a file cannot be written to.
    """
    for name in derived_folders(edition, root):
        if not bag.is_vouched(edition / name, root):
            _take_manifest(edition, copies, name, root, done)
        sums = bag.index_sums(edition / name) if bag.is_vouched(edition / name, root) else {}
        named = {f"{name}/{file}" for file in sums}
        done.checked += sum(size_there(edition / where) for where in named)
        # What parity could not give is looked at again, for a copy may have it.
        done.lost = [each for each in done.lost if each.folder != str(edition) or each.where not in named]
        known = {each.where for each in done.lost}
        for where in dict.fromkeys(each.where for each in bag.check_index(edition / name, root, called=name)):
            digest = sums.get(where.removeprefix(f"{name}/"), "")
            right = next((copy / where for copy in copies if digest and sum_or_none(copy / where) == digest), None)
            if right is not None:
                copy_over(right, edition / where, done)
            elif where not in known:
                length = size_there(edition / where)
                done.lost.append(StillLost(folder=str(edition), where=where, start=0, length=length))


def _take_manifest(edition: Path, copies: Sequence[Path], name: str, root: str, done: Repairing) -> None:
    """Take the manifest of a copy whose folder is whole: then it is known what each file must be."""
    for copy in copies:
        if bag.is_vouched(copy / name, root) and next(bag.check_index(copy / name, root), None) is None:
            manifest = edition / name / bag.INDEX_MANIFEST
            raw = (copy / name / bag.INDEX_MANIFEST).read_bytes()
            overwrite(manifest, raw)
            done.files.add(manifest)
            done.written += len(raw)
            return
