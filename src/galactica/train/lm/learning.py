"""What learns: a decoder, the optimiser that moves it, and one step over a batch, alone or with other ranks.

AdamW (Loshchilov and Hutter 2019), betas 0.9 and 0.95; the gradient is that of the mean over all tokens of the batch,
whoever computed them, and shortened where it is longer than the plan allows. Nothing is drawn at random after the first
numbers, so that the state is weights, moments and the place in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.errors import InputError, MissingError
from galactica.train.lm.decoder import Compiling, Decoder
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

    Attributes:
        at_once: rows that are in memory at once.
    """

    def __init__(self, plan: LanguagePlan, device: str = "cpu", ranks: Ranks | None = None) -> None:
        self.plan = plan
        self.device = torch.device(device)
        self.at_once = plan.at_once
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
        told = torch.tensor([spent, float(wish)]).to(self.device, non_blocking=True)
        rows = torch.from_numpy(np.ascontiguousarray(tokens, np.int32)).to(self.device, non_blocking=True).long()
        self._flat[-3:] = torch.cat([self._gradient(rows).view(1), told])
        self._ranks.sum(self._flat)
        gradient, figures = self._flat[:-3], self._flat[-3:]
        norm = torch.linalg.vector_norm(gradient)
        gradient *= (self.plan.clip / norm).clamp(max=1.0)
        for group in self._adam.param_groups:
            group["lr"] = group["highest"] * rate
        self._adam.step()
        # The one moment at which a GPU is waited for: all that a step does has been asked of it by then.
        loss, seconds, wishes, length = torch.cat([figures, norm.view(1)]).tolist()
        return TakenStep(loss=loss, norm=length, seconds=seconds, wishes=wishes)

    def prepare(self, tell: Callable[[str], None], compiling: Compiling | None = None) -> None:
        """Before the clock runs: compile, and see how many rows have room; nothing is learned.

        Where it cannot be compiled (no compiler on the machine, say), the model computes as it stands, and it is said.

        Args:
            tell: told a line where not all is as planned.
            compiling: compiles a function; None: nothing is compiled.

        Raises:
            MissingError: the device has no room for one row.
        """
        self.decoder.quicken(compiling)
        while True:
            try:
                rows = torch.zeros((self.at_once, self.plan.shape.context + 1), dtype=torch.int64)
                float(self._gradient(rows.to(self.device)))  # waited for: what fails does so here
                break
            except torch.OutOfMemoryError:
                if self.at_once == 1:
                    raise MissingError(
                        f"{self.device} has no room for one sequence of {self.plan.shape.context:,} tokens.",
                        "Ask for a shorter --context or another --size, or end what else uses its memory.",
                    ) from None
                self.at_once //= 2
                tell(f"There is room for {self.at_once:,} sequences at once, not {2 * self.at_once:,}.")
            except Exception as error:  # a compiler fails in ways of its own; without one it may work
                if compiling is None:
                    raise
                compiling = None
                self.decoder.quicken(None)
                reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
                tell(f"The model cannot be compiled here, and learns more slowly: {reason[:200]}")
        self._flat.zero_()

    def _gradient(self, rows: torch.Tensor) -> torch.Tensor:
        """Add up the gradient of rows, and what they cost, as shares of the batch."""
        total = torch.zeros((), device=self.device)
        for at in range(0, len(rows), self.at_once):
            part = rows[at : at + self.at_once]
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.plan.exact == "bfloat16"):
                loss = self.decoder.loss(part) * (len(part) / self.plan.batch)
            loss.backward()
            total += loss.detach()
        return total

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
