"""Says where two answers differ, if they do.

Text, flags, shapes and integers are compared exactly, other numbers to single precision.
"""

from __future__ import annotations

import math
import re
from typing import Any

RELATIVE, ABSOLUTE = 1e-5, 1e-7


def differences(found: dict[str, Any], recorded: dict[str, Any], exact: bool) -> dict[str, str | None]:
    """What is different in each part of an answer; None where nothing is."""
    return {part: _part(found.get(part), recorded.get(part), exact) for part in {**recorded, **found}}


def _part(found: Any, recorded: Any, exact: bool) -> str | None:
    if found is None or recorded is None:
        return f"is {'not ' if found is None else ''}there"
    if "raises" in found or "raises" in recorded:
        said, expected = found.get("raises"), recorded.get("raises")
        if said != expected:
            return f"raises {_short(said)}, not {_short(expected)}"
    for name in ("text", "stdout", "warns"):
        if found.get(name) != recorded.get(name):
            return f"{name} {_short(found.get(name))}, not {_short(recorded.get(name))}"
    return value_difference("", found.get("result"), recorded.get("result"), exact)


def _short(value: Any) -> str:
    return str(value)[:600]


def value_difference(where: str, found: Any, recorded: Any, exact: bool) -> str | None:
    if isinstance(found, list) and isinstance(recorded, list) and len(found) == len(recorded):
        for place, (one, other) in enumerate(zip(found, recorded)):
            if difference := value_difference(f"{where}[{place}]", one, other, exact):
                return difference
        return None
    if isinstance(found, dict) and isinstance(recorded, dict):
        for name in {**recorded, **found}:
            if name not in found or name not in recorded:
                there, absent = ("there", "absent") if name in found else ("absent", "there")
                return f"{where} {name}: is {there}, not {absent}".strip()
            if difference := _entry(name, found, recorded, exact):
                return f"{where} {name}: {difference}".strip()
        return None
    return None if found == recorded else f"{where} {_short(found)}, not {_short(recorded)}".strip()


def _entry(name: str, found: dict[str, Any], recorded: dict[str, Any], exact: bool) -> str | None:
    one, other = found[name], recorded[name]
    if name in ("data", "number"):
        return _numbers(one, other, exact)
    if isinstance(one, dict):
        return value_difference("", one, other, exact)
    if name == "text" and found.get("data") != recorded.get("data"):
        # Numbers that differ in their last bit may be rounded to digits that differ.
        one, other = (re.sub(r"\s+", " ", re.sub(r"\d", "#", text)) for text in (one, other))
    return None if one == other else f"{found[name]!r}, not {recorded[name]!r}"


def _numbers(found: Any, recorded: Any, exact: bool) -> str | None:
    numbers, expected = _flat(found), _flat(recorded)
    scale = max((abs(each) for each in expected if math.isfinite(each)), default=0)
    for one, other in zip(numbers, expected):
        if not _agree(one, other, scale, exact):
            return f"{one}, not {other}"
    return None


def _flat(value: Any) -> list[Any]:
    entries = value if isinstance(value, list) else [value]
    return [float(entry) if isinstance(entry, str) else entry for entry in entries]


def _agree(one: Any, other: Any, scale: float, exact: bool) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if one == other or (math.isnan(one) and math.isnan(other)):
        return True
    if exact or isinstance(other, int) or math.isinf(other):
        return False
    # A sum in which large terms cancel is as inexact as its terms.
    return abs(one - other) <= ABSOLUTE + RELATIVE * abs(other) + RELATIVE / 10 * min(scale, 1e3)
