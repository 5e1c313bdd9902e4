"""Editions that survive lost disks and rotten bits: protect, scrub, repair, recover.

The files of an edition, laid end to end, are cut into shards; parity shards are added, so that any few may be lost
(`codes.cauchy`). `described` is the document that says so (docs/formats/volume.md is normative), `places` is where
shards are read from, `gathering` gives right pieces out of whatever is left of them.
"""
