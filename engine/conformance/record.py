"""Asks real PyTorch 2.13 the questions of the families and writes down what it answers.

    python record.py              all families
    python record.py arithmetic   one
"""

from __future__ import annotations

import gzip
import json
import sys
import warnings
from typing import Any

import torch
from answer import answer
from files import answers, families
from vocabulary import about, questions

# Forward mode loads this at its first use, and warns of what it finds there; no program is about that.
with warnings.catch_warnings(action="ignore"):
    import torch._decomp.decompositions_for_jvp  # noqa: F401


def record(name: str, filename: str, source: str) -> None:
    """Answer all questions of a family anew."""
    asked = questions(source, filename)
    said = {each.name: answer(each) if each.exact else _rounded(answer(each)) for each in asked}
    content = {
        "torch": torch.__version__,
        "about": about(source, filename),
        "operations": {each.name: each.of for each in asked if each.kind == "op"},
        "answers": said,
    }
    text = json.dumps(content, separators=(",", ":"))
    path = answers(name)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{name}: {len(asked)} questions, {path.stat().st_size / 1000:.0f} kB")


def _rounded(value: Any) -> Any:
    """Floats to nine digits, which is all of single precision and a third of the file."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


if __name__ == "__main__":
    if not torch.__version__.startswith("2.13."):
        raise SystemExit(f"these are recordings of PyTorch 2.13, and this is {torch.__version__}")
    for family in families(sys.argv[1:]):
        record(*family)
