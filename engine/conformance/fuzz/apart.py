"""Runs programs in a child process: some of them kill PyTorch itself."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any


def apart(act: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    """What `act` gives for each item, as JSON; None where it ends the process. The next item has a new one."""
    done = 0
    while done < len(items):
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            _answer_all(act, items[done:], sending)
        os.close(sending)
        with os.fdopen(receiving) as answers:
            for line in answers:
                yield json.loads(line)
                done += 1
        os.waitpid(child, 0)
        if done < len(items):
            yield None
            done += 1


def _answer_all(act: Callable[[Any], Any], items: Sequence[Any], sending: int) -> None:
    """What the child does; it never comes back."""
    try:
        with os.fdopen(sending, "w") as answers:
            for item in items:
                answers.write(json.dumps(act(item)) + "\n")
                answers.flush()
        os._exit(0)
    finally:
        os._exit(1)
