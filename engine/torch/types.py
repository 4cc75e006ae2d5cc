"""`torch.types`: names for what functions take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._dtype import device as _device
from ._dtype import dtype as _dtype
from ._size import Size
from ._tensor import Tensor

__all__ = ["Device", "FileLike", "Number", "Storage", "TensorLike"]

Number = int | float | bool
Device = _device | str | int | None
FileLike = Any
Storage = Any
TensorLike = Tensor | Number
_size = Size | list[int] | tuple[int, ...]
_int, _float, _bool = int, float, bool
_TensorOrTensors = Tensor | Sequence[Tensor]
