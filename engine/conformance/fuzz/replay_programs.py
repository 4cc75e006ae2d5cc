"""Runs programs on the `torch` that is importable, and compares with what PyTorch did."""

from __future__ import annotations

import json
from typing import Any

from difference import first_difference
from run import run


def replay(text: str) -> list[dict[str, Any] | None]:
    """The first difference of each program, or None, also in place of a program."""
    return [each and first_difference(each[0], run(each[0]), each[1]) for each in json.loads(text)]
