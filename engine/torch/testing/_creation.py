"""`make_tensor`: random tensors to test with."""

from __future__ import annotations

import math
from typing import Any

import torch


def make_tensor(
    *shape: Any,
    dtype: Any,
    device: Any,
    low: float | None = None,
    high: float | None = None,
    requires_grad: bool = False,
    noncontiguous: bool = False,
    exclude_zero: bool = False,
    memory_format: Any = None,
) -> Any:
    """A tensor of numbers evenly distributed from `low` up to `high`: from -9 to 9 unless told.

    Raises ValueError where the bounds are the wrong way round.
    """
    size = tuple(shape[0]) if len(shape) == 1 and not isinstance(shape[0], int) else shape
    if requires_grad and not dtype.is_floating_point:
        raise ValueError(
            "`requires_grad=True` is not supported for boolean and integral dtypes, "
            f"but got {dtype=}"
        )
    spread = noncontiguous and math.prod(size) > 1
    drawn_size = (*size[:-1], 2 * size[-1]) if spread else size
    least, most = (0, 2) if dtype is torch.bool else (-9, 9 + (not dtype.is_floating_point))
    low, high = (least if low is None else low), (most if high is None else high)
    if low >= high:
        raise ValueError(f"`low` must be less than `high`, but got {low} >= {high}")
    if dtype.is_floating_point:
        made = torch.empty(drawn_size, dtype=dtype, device=device).uniform_(low, high)
    else:
        low = max(low, 0) if dtype is torch.uint8 else low
        made = torch.randint(
            math.ceil(low), math.ceil(high), drawn_size, dtype=dtype, device=device
        )
    if spread:
        made = made[..., ::2]
    if exclude_zero:
        made[made == 0] = torch.finfo(dtype).tiny if dtype.is_floating_point else 1
    return made.requires_grad_(requires_grad)
