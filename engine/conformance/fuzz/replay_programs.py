"""Runs programs on the `torch` that is importable, and compares with what PyTorch did."""

from __future__ import annotations

import json
from typing import Any

from difference import first_difference
from run import run


def replay(text: str) -> list[dict[str, Any] | None]:
    """The first difference of each program."""
    return [first_difference(steps, run(steps), reports) for steps, reports in json.loads(text)]
