"""Says in which step two runs of a program part, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from compare import value_difference

Report = dict[str, Any]


def first_difference(
    steps: Sequence[str], found: Sequence[Report], recorded: Sequence[Report]
) -> dict[str, Any] | None:
    """The step, what differs in it (`what`, the same for alike differences), and both answers."""
    for number, (code, one, other) in enumerate(zip(steps, found, recorded)):
        for where, text in _differences(one, other):
            kind = where if "dxdx doesn't have" in where else f"{_skeleton(code)}: {where}"
            return {"step": number, "kind": kind, "text": text}
    return None


def _differences(found: Report, recorded: Report) -> Iterator[tuple[str, str]]:
    for part in ("raises", "warns"):
        if found.get(part) != recorded.get(part):
            text = f"{found.get(part)}, not {recorded.get(part)}"
            absent = part == "raises" and found.get(part, [""])[0] == "NotInDxdx"
            absent = absent and recorded.get(part, [""])[0] != "NameError"  # shrunk too far
            said = found[part][1] if absent else recorded.get(part) or found.get(part)
            yield f"{part} {_alike(str(said))}", text
    if text := value_difference("", found.get("shows", []), recorded.get("shows", []), False):
        yield f"shows {_alike(text)}", text
    one, other = found.get("tensors", {}), recorded.get("tensors", {})
    for name in {**other, **one}:
        if name not in one or name not in other:
            yield "a tensor", f"{name} is {'not ' if name in other else ''}new or changed"
        elif text := value_difference("", one[name], other[name], False):
            yield _alike(text.partition(":")[0]), f"{name} {text}"


def _skeleton(code: str) -> str:
    """What is called, without what it is called with."""
    return " ".join(re.findall(r"[A-Za-z_][\w.]*(?=\()|\W=(?=\s)|[-+*/%@<>|&^]+=?|\[", code)[:6])


def _alike(text: str) -> str:
    return re.sub(r"\bt\d+\b", "t", re.sub(r"-?\d+(\.\d+)?(e-?\d+)?", "N", text))[:90]
