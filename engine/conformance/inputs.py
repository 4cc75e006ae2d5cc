"""Makes the tensors that questions are asked with, the same on every machine."""

from __future__ import annotations

import math
import random
from typing import Any

import torch
from vocabulary import Input


def tensor(name: str, recipe: Input) -> torch.Tensor:
    """A leaf of the recipe's layout. Its values depend on name, shape and kind of dtype alone."""
    dtype = None if recipe.dtype is None else getattr(torch, recipe.dtype)
    if recipe.data is not None:
        made = torch.tensor(recipe.data, dtype=dtype)
        made = made if recipe.shape is None else made.reshape(recipe.shape)
    else:
        made = _laid_out(_values(name, recipe), recipe.shape, dtype, recipe.layout)
    return made.requires_grad_(recipe.grad and made.is_floating_point())


def _values(name: str, recipe: Input) -> list[Any]:
    draw = random.Random(f"{name}{recipe.shape}{recipe.values}")
    count = math.prod(recipe.shape)
    if recipe.dtype == "bool":
        return [draw.random() < 0.5 for _ in range(count)]
    if not recipe.dtype.startswith("float"):
        least = 1 if recipe.values == "positive" else 0 if recipe.dtype == "uint8" else -4
        return [draw.randint(least, 9) for _ in range(count)]
    if recipe.values == "ties":
        return [float(draw.randint(-1, 1)) for _ in range(count)]
    low, high = {"any": (-3, 3), "positive": (0.1, 3), "unit": (-0.95, 0.95)}[recipe.values]
    return [round(draw.uniform(low, high), 3) for _ in range(count)]


def _laid_out(values: list[Any], shape: tuple[int, ...], dtype: Any, layout: str | None) -> torch.Tensor:
    whole = torch.tensor(values, dtype=dtype).reshape(shape)
    if layout == "transposed" and len(shape) > 1:
        return whole.transpose(0, -1).contiguous().transpose(0, -1).detach()
    if layout == "stepped" and shape:
        wide = torch.zeros([*shape[:-1], 2 * shape[-1] + 1], dtype=dtype)
        wide[..., 1::2] = whole
        return wide[..., 1::2].detach()
    if layout == "expanded" and shape:
        return whole[:1].expand(shape).detach()
    return whole


def weights(number: int, like: torch.Tensor) -> torch.Tensor:
    """The gradient that is sent into the `number`-th result, and the tangent of an input."""
    values = [math.cos(1 + number + 0.7 * place) for place in range(like.numel())]
    return torch.tensor(values, dtype=like.dtype).reshape(like.shape)
