"""Numbers for one ranking, each between 0 (nothing right) and 1 (as good as can be), and how sure their means are.

* success@k: 1 where something right stands among the first k.
* recall@k: the share of all that is right that stands among the first k. Where there are no judgements, one right
  passage is all there is to find, and recall@k equals success@k: what papers on open questions call recall or accuracy.
* mrr@depth: 1 / place of the first right one; 0 where none stands within the depth that was asked for.
* ndcg@10: Σ gain / log₂(1 + place) over the first ten, divided by the same sum for the best possible order. The gain
  enters as it is, as in trec_eval; not 2^gain − 1.

Source: Voorhees 1999 (MRR); Järvelin and Kekäläinen 2002 (DCG).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from galactica.evaluate.judge import Judgement

CUTS = (1, 5, 20)
NDCG_DEPTH = 10


def measure_names(limit: int, *, judged: bool) -> tuple[str, ...]:
    """The measures of a run that asks for `limit` passages, in the order of a report.

    Args:
        limit: no measure looks deeper than this.
        judged: there are judgements of documents, so that success and recall differ.
    """
    kinds = ("success", "recall") if judged else ("recall",)
    cuts = [f"{kind}@{cut}" for kind in kinds for cut in CUTS if cut <= limit]
    return (*cuts, f"mrr@{limit}", f"ndcg@{min(NDCG_DEPTH, limit)}")


def measured(names: Sequence[str], verdict: Judgement) -> tuple[float, ...]:
    """The measures called `names` (as `measure_names` gives them) for one question."""
    return tuple(_one(name, verdict) for name in names)


def _one(name: str, verdict: Judgement) -> float:
    kind, _, depth = name.partition("@")
    cut = int(depth)
    if kind == "ndcg":
        return ndcg(verdict, cut)
    places = [place for place, _ in verdict.right if place <= cut]
    if kind == "recall":
        return len(places) / len(verdict.ideal)
    if kind == "success":
        return float(bool(places))
    return 1 / places[0] if places else 0.0


def ndcg(verdict: Judgement, depth: int) -> float:
    """Discounted gain of the first `depth` places over that of the best order."""
    best = sum(gain / log2(1 + place) for place, gain in enumerate(verdict.ideal[:depth], start=1))
    return sum(gain / log2(1 + place) for place, gain in verdict.right if place <= depth) / best
