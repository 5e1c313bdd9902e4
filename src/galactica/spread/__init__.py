"""Editions that travel: how they are cut up, signed, carried over any link, and put together again.

The packages import one way: film, static, fetching and late above plan, which reckons with the order of packets; that
above packets and delta; these above assembly, which puts together what arrived; it above release, the document and the
packs that an edition travels as; then trust.
"""
