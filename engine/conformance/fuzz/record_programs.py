"""Writes programs and what PyTorch does in each step into answers/fuzz.json.gz.

    python fuzz/record_programs.py 3000 [FIRST SEED]
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

import torch  # noqa: E402
from apart import apart  # noqa: E402
from write import write  # noqa: E402

torch.set_num_threads(1)
count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
programs = [each for each in apart(write, range(first, first + count)) if each is not None]
path = Path(__file__).parent.parent / "answers" / "fuzz.json.gz"
text = json.dumps(programs, separators=(",", ":"))
path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
print(f"{count} programs, {sum(len(steps) for steps, _ in programs)} steps, {path.stat().st_size / 1e6:.2f} MB")
