"""One training by several processes that torchrun started: who am I, and what do all of us have together?

Each rank works on its rows of every batch; what they found is added, so that all take the same step. Rank 0 alone has
the clock, writes files and tells how it goes.

Source: PyTorch, "torchrun (Elastic Launch)": RANK, WORLD_SIZE and LOCAL_RANK in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from galactica.errors import UsageError

if TYPE_CHECKING:
    import torch

MOST_RANKS = 4_096

PATIENCE = timedelta(minutes=30)
"""That a rank waits for the others: rank 0 trains a tokenizer and writes states while they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Which of how many processes this is.

    Attributes:
        rank: 0 … world - 1.
        world: how many there are.
        local: which of this machine's; the number of its GPU.
    """

    rank: int = 0
    world: int = 1
    local: int = 0

    @property
    def first(self) -> bool:
        """Whether this is the one that writes and tells."""
        return self.rank == 0

    def sum(self, tensor: torch.Tensor) -> None:
        """Add a tensor up over all ranks, in its place."""
        if self.world > 1:
            import torch.distributed as all_ranks

            all_ranks.all_reduce(tensor)

    def wait(self) -> None:
        """Wait until every rank has come here."""
        if self.world > 1:
            import torch.distributed as all_ranks

            all_ranks.barrier()


def torchrun_ranks(environment: Mapping[str, str]) -> Ranks:
    """Which rank this process is, by what torchrun has put into its environment; rank 0 of 1 where it has not.

    Raises:
        UsageError: it says what cannot be.
    """
    if "WORLD_SIZE" not in environment or "RANK" not in environment:
        return Ranks()
    try:
        rank, world, local = (int(environment.get(name, "0")) for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"))
    except ValueError:
        rank, world, local = -1, 0, 0
    if not 0 <= rank < world <= MOST_RANKS or local < 0:
        raise UsageError(
            "RANK and WORLD_SIZE in the environment are not those of a torchrun.", "Unset them, or start with torchrun."
        )
    return Ranks(rank=rank, world=world, local=local)


@contextmanager
def joined_ranks(device: str) -> Iterator[Ranks]:
    """Join the other ranks for the length of a block, over gloo on processors and NCCL on GPUs, unless they are joined.

    Raises:
        UsageError: the environment says what cannot be.
    """
    ranks = torchrun_ranks(os.environ)
    if ranks.world == 1:
        yield ranks
        return
    import torch.distributed as all_ranks

    if all_ranks.is_initialized():  # whoever started this process has joined the ranks (Ray Train), and parts them
        yield ranks
        return
    all_ranks.init_process_group("nccl" if device.startswith("cuda") else "gloo", timeout=PATIENCE)
    try:
        yield ranks
    finally:
        all_ranks.destroy_process_group()
