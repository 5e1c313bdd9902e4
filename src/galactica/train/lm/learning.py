"""What learns: a decoder, the optimiser that moves it, and one step over a batch, alone or with other ranks.

AdamW (Loshchilov and Hutter 2019), betas 0.9 and 0.95; the gradient is that of the mean over all tokens of the batch,
whoever computed them, and shortened where it is longer than the plan allows. Nothing is drawn at random after the first
numbers, so that the state is weights, moments and the place in the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.errors import InputError
from galactica.train.lm.decoder import Decoder
from galactica.train.lm.plan import BASE_WIDTH, LanguagePlan
from galactica.train.lm.ranks import Ranks

BETAS = (0.9, 0.95)
NEAR_ZERO = 1e-8
MOMENTS = ("exp_avg", "exp_avg_sq")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenStep:
    """What came of a step.

    Attributes:
        loss: mean over the batch's tokens, nats.
        norm: of the gradient, before it was shortened.
        seconds, wishes: what all ranks together were given as `spent` and `wish`.
    """

    loss: float
    norm: float
    seconds: float
    wishes: float


class LanguageLearner:
    """A decoder that learns.

    Args:
        plan: what it is and how it learns.
        device: "cpu", "cuda", "cuda:1", …
        ranks: whose part of every batch it is given.
    """

    def __init__(self, plan: LanguagePlan, device: str = "cpu", ranks: Ranks | None = None) -> None:
        self.plan = plan
        self.device = torch.device(device)
        self._ranks = ranks or Ranks()
        self.decoder = Decoder(plan.shape, plan.seed).to(self.device)
        self._named = dict(self.decoder.named_parameters())
        self._adam = torch.optim.AdamW(_grouped(self._named, plan), lr=1.0, betas=BETAS, eps=NEAR_ZERO, fused=True)
        self._flat = torch.zeros(sum(each.numel() for each in self._named.values()) + 3, device=self.device)
        at = 0
        for each in self._named.values():  # gradients are stretches of one row, so that one sum reaches all
            each.grad = self._flat[at : at + each.numel()].view_as(each)
            at += each.numel()

    def step(self, tokens: NDArray[np.int32], rate: float, *, spent: float = 0.0, wish: bool = False) -> TakenStep:
        """Learn from this rank's rows of a batch.

        Args:
            tokens: `int32 [rows, length + 1]`; the other ranks have as many or, where they do not divide, one less.
            rate: share of the highest rate.
            spent: seconds so far; 0 on all ranks but the first.
            wish: whether this rank was asked to end.
        """
        self._flat.zero_()
        rows = torch.from_numpy(np.ascontiguousarray(tokens, np.int64)).to(self.device, non_blocking=True)
        total = torch.zeros((), device=self.device)
        for at in range(0, len(rows), self.plan.at_once):
            part = rows[at : at + self.plan.at_once]
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.plan.exact == "bfloat16"):
                loss = self.decoder.loss(part) * (len(part) / self.plan.batch)
            loss.backward()
            total += loss.detach()
        self._flat[-3:] = torch.stack([total, *torch.tensor([spent, float(wish)], device=self.device)])
        self._ranks.sum(self._flat)
        loss_of_all, seconds, wishes = self._flat[-3:].tolist()
        norm = float(torch.linalg.vector_norm(self._flat[:-3]))
        if norm > self.plan.clip:
            self._flat[:-3] *= self.plan.clip / norm
        for group in self._adam.param_groups:
            group["lr"] = group["highest"] * rate
        self._adam.step()
        return TakenStep(loss=loss_of_all, norm=norm, seconds=seconds, wishes=wishes)

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """The weights by the names of the file, `float32`, on the processor; not copied where they lie there."""
        return {name: _array(each) for name, each in self._named.items()}

    def state(self) -> dict[str, NDArray[np.float32]]:
        """Weights and both moments of each, by name; not copied where they are on the processor."""
        found = {f"weights.{name}": array for name, array in self.tensors().items()}
        for name, each in self._named.items():
            kept = self._adam.state.get(each) or {moment: torch.zeros_like(each) for moment in MOMENTS}
            found |= {f"{moment}.{name}": _array(kept[moment]) for moment in MOMENTS}
        return found

    def take_up(self, arrays: Mapping[str, NDArray[np.float32]], steps: int) -> None:
        """Go on from what `state` gave after so many steps.

        Raises:
            InputError: an array is missing, of another shape, or has what is no number.
        """
        for name, each in self._named.items():
            for kind in ("weights", *MOMENTS):
                array = arrays.get(f"{kind}.{name}")
                if array is None or array.shape != tuple(each.shape) or array.dtype != np.float32:
                    raise _unfit(f"{kind}.{name}")
                if not np.isfinite(array).all():
                    raise _unfit(f"{kind}.{name}")
        with torch.no_grad():
            for name, each in self._named.items():
                each.copy_(_tensor(arrays[f"weights.{name}"]))
                if steps:
                    moments = {moment: _tensor(arrays[f"{moment}.{name}"]).to(self.device) for moment in MOMENTS}
                    done = torch.tensor(float(steps), device=self.device)
                    self._adam.state[each] = {"step": done, **moments}


def _grouped(named: Mapping[str, torch.nn.Parameter], plan: LanguagePlan) -> list[dict[str, object]]:
    """Parameters by how they learn: matrices by their width, the table, norms without decay."""
    matrices = [each for name, each in named.items() if each.ndim == 2 and not _is_table(name)]
    tables = [each for name, each in named.items() if _is_table(name)]
    norms = [each for each in named.values() if each.ndim == 1]
    narrow = BASE_WIDTH / plan.shape.width
    return [
        {"params": matrices, "highest": plan.rate * narrow, "weight_decay": plan.decay},
        {"params": tables, "highest": plan.rate, "weight_decay": plan.decay},
        {"params": norms, "highest": plan.rate, "weight_decay": 0.0},
    ]


def _is_table(name: str) -> bool:
    return "embed_tokens" in name or "lm_head" in name


def _array(tensor: torch.Tensor) -> NDArray[np.float32]:
    found: NDArray[np.float32] = tensor.detach().to("cpu", torch.float32).numpy()
    return found


def _tensor(array: NDArray[np.float32]) -> torch.Tensor:
    return torch.from_numpy(array.copy())


def _unfit(name: str) -> InputError:
    return InputError(f"The state that was kept does not fit: {name}.", "Train anew (--anew).")
