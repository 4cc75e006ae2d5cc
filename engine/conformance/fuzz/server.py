"""Answers requests, one a line, on a machine that has PyTorch: writes programs, runs programs.

A program that ends PyTorch itself has no answer, but null.

    {"write": [1, 2]}          programs of these seeds, with what PyTorch does in each step
    {"run": [["t0 = …"], …]}   what PyTorch does in each step of these programs
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

import torch  # noqa: E402
from apart import apart  # noqa: E402
from run import run  # noqa: E402
from write import write  # noqa: E402

torch.set_num_threads(1)
for line in sys.stdin:
    request = json.loads(line)
    if "write" in request:
        answers = apart(write, request["write"])
    else:
        answers = apart(lambda steps: [steps, run(steps)], request["run"])
    print(json.dumps(list(answers)), flush=True)
