"""On what a model is trained: which device, with which numbers, and how much it can compute at the most."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from galactica.errors import MissingError, UsageError
from galactica.train.lm.decoder import Compiling

PEAKS: tuple[tuple[str, float], ...] = (
    ("H200", 989e12),
    ("H100", 989e12),
    ("A100", 312e12),
    ("L40S", 362e12),
    ("L4", 121e12),
    ("A10G", 70e12),
    ("RTX 4090", 165e12),
    ("RTX 3090", 71e12),
    ("T4", 65e12),
)
"""Part of a GPU's name → bfloat16 (T4: float16) operations a second without sparsity. Source: NVIDIA's data sheets."""


def chosen_device(asked: str, local: int = 0) -> str:
    """The device to train on.

    Args:
        asked: "auto", "cpu", "cuda" or "cuda:N".
        local: number of this rank on its machine: of several GPUs each rank takes its own.

    Raises:
        UsageError: it is no device.
        MissingError: this machine has none such.
    """
    if asked == "auto":
        asked = "cuda" if torch.cuda.is_available() else "cpu"
    if asked == "cpu":
        return "cpu"
    if not re.fullmatch(r"cuda(:[0-9]{1,3})?", asked):
        raise UsageError(f"{asked[:100]!r} is no device.", "Choose auto, cpu, cuda or cuda:N.")
    if not torch.cuda.is_available():
        raise MissingError("This machine has no GPU that PyTorch can use.", "Train with --device cpu.")
    number = int(asked.partition(":")[2] or local)
    if number >= torch.cuda.device_count():
        raise MissingError(f"There is no GPU {number} here.", f"There are {torch.cuda.device_count()}, from 0 on.")
    return f"cuda:{number}"


def usual_exactness(device: str) -> str:
    """The word "bfloat16" where the device multiplies it in hardware, else "float32".

    On a processor that has it (AVX512-BF16, AMX) training is 2.2 times as fast (nano, one core of an EPYC, 2026-11-29).
    """
    if device.startswith("cuda"):
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    told = (getattr(torch.cpu, name, lambda: False) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return "bfloat16" if any(each() for each in told) else "float32"


def memory_of(device: str) -> int | None:
    """Bytes of a GPU's own memory, all of it; None for the processor, whose memory others use too."""
    if not device.startswith("cuda"):
        return None
    return int(torch.cuda.get_device_properties(torch.device(device)).total_memory)


def compiling_of(device: str) -> Compiling | None:
    """What compiles functions for a device, for one shape of what they are given at a time; None for the processor,
    where compiling takes longer than a small training."""
    return functools.partial(torch.compile, dynamic=False) if device.startswith("cuda") else None


def peak_of(device: str) -> float | None:
    """Operations a second that a device can do at most; None where that is not known here."""
    if not device.startswith("cuda"):
        return None
    name = torch.cuda.get_device_name(torch.device(device))
    return next((peak for part, peak in PEAKS if part in name), None)


@contextmanager
def settled_torch(threads: int | None, device: str = "cpu") -> Iterator[int]:
    """Have the same numbers come out each time, for the length of a block; how many threads compute.

    On a GPU the fast ways are taken, some of whose sums have no fixed order.

    Args:
        threads: of the processor; None: as PyTorch chooses.
        device: that is computed on.
    """
    before = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    filled, several = torch.utils.deterministic.fill_uninitialized_memory, torch.get_num_threads()
    torch.use_deterministic_algorithms(device == "cpu", warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # nothing here reads what was not written
    if threads is not None:
        torch.set_num_threads(threads)
    try:
        yield int(torch.get_num_threads())
    finally:
        torch.use_deterministic_algorithms(before[0], warn_only=before[1])
        torch.utils.deterministic.fill_uninitialized_memory = filled
        torch.set_num_threads(several)
