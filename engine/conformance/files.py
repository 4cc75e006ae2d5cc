"""Where a family's questions and answers are kept."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent


def families(wanted: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Name, file name and questions of the families wanted; of all, if none is."""
    names = set(wanted)
    for path in sorted((HERE / "families").iterdir()):
        name = path.name.partition(".")[0]
        if path.is_file() and (not names or name in names):
            yield name, path.name, _text(path)


def answers(name: str) -> Path:
    """The file of a family's answers."""
    return HERE / "answers" / f"{name}.json.gz"


def read_answers(name: str) -> str:
    """A family's answers as JSON."""
    return _text(answers(name))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
