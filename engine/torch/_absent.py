"""Says of PyTorch's submodules that aren't here what to do instead, however they are imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from typing import Any

from ._names import SUBMODULES, way_out


class _Absent(MetaPathFinder):
    """Asked last: what it knows, nobody else has found."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> None:
        """None for what PyTorch hasn't either. Raises ModuleNotFoundError for what it has."""
        head, _, rest = fullname.partition(".")
        if head != "torch":
            return
        known = next((name for name in SUBMODULES if f"{rest}.".startswith(f"{name}.")), None)
        if known is not None:
            raise ModuleNotFoundError(
                f"dxdx doesn't have torch.{known}. {way_out(known)}".rstrip(), name=fullname
            )


def install() -> None:
    """Have it asked from now on."""
    sys.meta_path.append(_Absent())
