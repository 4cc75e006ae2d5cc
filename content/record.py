"""Record what PyTorch prints for every program of the lessons and of their exercises.

    pip install torch==2.13.0           in a virtual environment of Python 3.11 or newer
    python content/record.py            write name.out and name.err beside each name.py
    python content/record.py --check    change nothing, name what is out of date

`name.out` is what the program prints; `name.err`, where there is one, its warnings and its traceback,
as a reader of the page sees them. For an exercise about a graph, `graph.json` is the graph that its program builds.
"""

import contextlib
import io
import json
import linecache
import os
import pickle
import re
import sys
import warnings
from pathlib import Path
from typing import Any

from traceback_layout import laid_out

LESSONS = Path(__file__).parent / "lessons"
PYTORCH = "2.13."
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")
# Where in PyTorch's C++ a warning was raised: a path on the machine that built it.
BUILD_PLACE = re.compile(r" \(Triggered internally at [^)]*\)")


def main() -> int:
    check = "--check" in sys.argv[1:]
    import_torch()
    stale = [file for program in programs() for file in record(program, check)]
    for file in stale:
        print("out of date:" if check else "wrote", file.relative_to(LESSONS))
    return 1 if check and stale else 0


def graph_of(names: dict[str, Any]) -> Any:
    from graph import graph_of  # which imports torch

    return graph_of(names)


def import_torch() -> None:
    """Once, before the programs are forked off."""
    with warnings.catch_warnings(action="ignore"):
        import torch
    if not torch.__version__.startswith(PYTORCH):
        sys.exit(f"The lessons are about PyTorch {PYTORCH}x, this is {torch.__version__}")


def programs() -> list[Path]:
    """The programs of which a reader sees what they print."""
    exercises = LESSONS.glob("*/exercises/*")
    shown = [folder / ("starter.py" if kind_of(folder) == "repair" else "program.py") for folder in exercises]
    return sorted([*LESSONS.glob("*/*.py"), *filter(Path.exists, shown)])


def kind_of(folder: Path) -> str | None:
    """Which kind of exercise it is, where it says so."""
    words = folder / "exercise.yaml"
    found = re.search(r"^kind: (\w+)$", words.read_text(), re.MULTILINE) if words.exists() else None
    return found and found[1]


def record(program: Path, check: bool) -> list[Path]:
    """Brings a program's recordings up to date, or only looks; gives back those that differ."""
    shows_graph = kind_of(program.parent) == "locate"
    stdout, stderr, graph = in_a_process_of_its_own(program.read_text(), shows_graph)
    wanted = {
        program.with_suffix(".out"): tidied(stdout) if stdout or not stderr else None,
        program.with_suffix(".err"): tidied(stderr) or None,
    }
    if shows_graph:
        wanted[program.with_name("graph.json")] = json.dumps(graph, indent=2) + "\n"
    stale = []
    for file, text in wanted.items():
        if text == (file.read_text() if file.exists() else None):
            continue
        stale.append(file)
        if not check:
            file.unlink() if text is None else file.write_text(text)
    return stale


def tidied(text: str) -> str:
    return BUILD_PLACE.sub("", ADDRESS.sub("0x7f0000000000", text))


def in_a_process_of_its_own(source: str, shows_graph: bool) -> tuple[str, str, Any]:
    """What a program writes to its two streams, and the graph it builds. It is forked, for `import torch` takes longer than any of them."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(run(source, shows_graph), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        written = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(written)


def run(source: str, shows_graph: bool) -> tuple[str, str, Any]:
    """Run a program as the file main.py."""
    linecache.cache["main.py"] = (len(source), None, source.splitlines(keepends=True), "main.py")
    stdout, stderr = io.StringIO(), io.StringIO()
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            exec(compile(source, "main.py", "exec"), names)
        except Exception as error:
            stderr.write(laid_out(error, "main.py"))
    return stdout.getvalue(), stderr.getvalue(), graph_of(names) if shows_graph else None


if __name__ == "__main__":
    sys.exit(main())
