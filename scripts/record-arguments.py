"""Records what PyTorch answers to right and wrong arguments.

Into engine/conformance/data/arguments.json.

Run with a Python that has PyTorch: `python scripts/record-arguments.py [FILE]`. It evaluates again
every expression that is in the record and those of FILE, one a line. In them, `x` is a 2×3 tensor
of ones.
"""

from __future__ import annotations

import copy
import json
import math
import pickle
import re
import sys
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F

RECORD = Path(__file__).parent.parent / "engine" / "conformance" / "data" / "arguments.json"


def answer(expression: str) -> tuple[str, str]:
    """The class and text of the exception, or 'ok' and the result's repr."""
    names = {"torch": torch, "F": F, "copy": copy, "pickle": pickle, "math": math}
    names["x"] = torch.ones(2, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            try:
                result = repr(eval(expression, names))
            except SyntaxError:
                exec(expression, names)
                result = "done"
        except Exception as error:
            return type(error).__name__, steady(str(error))
    return "ok", steady(result)


def steady(text: str) -> str:
    """The text without addresses and build paths."""
    return re.sub(r"0x[0-9a-f]+", "0x", re.sub(r" \(Triggered internally at .*?\)", "", text))


def main() -> None:
    known = json.loads(RECORD.read_text()) if RECORD.exists() else []
    expressions = [case["expression"] for case in known]
    if len(sys.argv) > 1:
        expressions += Path(sys.argv[1]).read_text().splitlines()
    cases = []
    for expression in dict.fromkeys(expressions):
        kind, text = answer(expression)
        cases.append({"expression": expression, "kind": kind, "text": text})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    RECORD.write_text(f"[\n{lines}\n]\n")
    print(len(cases), "cases")


main()
