"""What a network that reads is taught by: how unlikely it finds what is so."""

from __future__ import annotations

from dataclasses import fields

import torch
from torch import nn

from galactica.train.reading.example_batch import ExampleBatch
from galactica.train.reading.network import FAR, Network

ANSWERABLE, RELEVANT, NEAR, SUPPORTED, UNSUPPORTED = 0.3, 0.4, 0.4, 0.5, 0.5
"""What the other heads' losses count beside the marks'."""


def losses(network: Network, batch: ExampleBatch, agreed: float = 0.0) -> torch.Tensor:
    """What is learned from each of some examples, `float32 [examples]`, times its weight.

    −log of how likely any right answer is; of the other heads, −log of how likely what is so is, as far as it is said.
    Where windows have a twin, the mean over both, and how far the two are from marking the same (R-Drop, Liang et al.
    2021, arXiv:2106.14448; with words exchanged, Zheng et al. 2021, arXiv:2106.08226).

    Args:
        agreed: what that counts.
    """
    if batch.twin is None:
        told, _ = _of(network, batch, batch.ids)
        return told * batch.weight
    both = ExampleBatch(
        **{
            each.name: torch.cat([value, value])
            for each in fields(batch)
            if (value := getattr(batch, each.name)) is not None
        }
    )
    told, likely = _of(network, both, torch.cat([batch.ids, batch.twin]))
    one, other = likely.chunk(2)
    apart = ((one.exp() - other.exp()) * (one - other)).sum((1, 2)) / 4  # half of the mean of both divergences
    return (sum(told.chunk(2)) / 2 + agreed * apart) * batch.weight


def _of(network: Network, batch: ExampleBatch, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(losses, `[examples]`, −log of how likely each piece begins and ends the answer, `[examples, length, 2]`)."""
    read = network(ids)
    at = torch.arange(ids.shape[1], device=ids.device)
    first, count = batch.first[:, None], batch.count[:, None]
    able = ((at >= first) & (at < first + count)) | (at == 0)
    likely = read.marks.masked_fill(~able[:, :, None], FAR).log_softmax(1)
    begins, ends = batch.answers[..., 0], batch.answers[..., 1]
    both = likely[:, :, 0].gather(1, begins.clamp(min=0)) + likely[:, :, 1].gather(1, ends.clamp(min=0))
    right = both.masked_fill(begins < 0, FAR).logsumexp(1)
    taught = begins[:, 0] >= 0
    total = torch.where(taught, -right / 2, torch.zeros_like(right))
    answerable = torch.where(taught, (ends[:, 0] > 0).float(), torch.nan)
    total = total + ANSWERABLE * _told(read.answerable, answerable)
    total = total + RELEVANT * _told(read.relevant, batch.relevant)
    total = total + NEAR * _told(read.near, batch.near)
    total = total + SUPPORTED * _told(read.supported, batch.supported)
    begin, end = batch.doubted[:, :1], batch.doubted[:, 1:]
    said = (batch.supported == 1)[:, None] | (end > begin)  # else it is not known which pieces are wrong
    inside = (at >= 1) & (at < 1 + batch.claimed[:, None]) & said
    doubted = (inside & (at >= 1 + begin) & (at < 1 + end)).float()
    each_piece = nn.functional.binary_cross_entropy_with_logits(read.unsupported, doubted, reduction="none") * inside
    total = total + UNSUPPORTED * each_piece.sum(1) / batch.claimed.clamp(min=1)
    return total, likely


def _told(logits: torch.Tensor, so: torch.Tensor) -> torch.Tensor:
    """−log of how likely what is so is, or is so to a degree, `float32 [examples]`; 0 where it is not said (NaN)."""
    right = so.nan_to_num()
    return nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="none") * ~so.isnan()
