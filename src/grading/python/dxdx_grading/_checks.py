"""Checks, as the author of an exercise writes them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._draw import Draw
from ._program import Program

Probe = Callable[..., Any]


@dataclass(frozen=True)
class Check:
    """One thing that is tried with a program."""

    sentence: str
    probe: Probe
    jacobian: bool
    rounds: int
    may_change_inputs: bool

    def try_on(self, program: Program, seed: str) -> Any:
        """What comes out, with inputs that depend on `seed`."""
        if len(inspect.signature(self.probe).parameters) < 2:
            return self.probe(program)
        return self.probe(program, Draw(seed))


_found: list[Check] = []


def check(
    sentence: str, *, jacobian: bool = False, rounds: int = 1, may_change_inputs: bool = False
) -> Callable[[Probe], Probe]:
    """Make a check of a function that takes a program, and `draw` if it wants inputs at random.

    What it returns is compared with what it returns for the solution.

    sentence           what is checked, in words that the reader sees
    jacobian           whether the result is a Jacobian, in which row i is output i and column j is input j
    rounds             how many times it is tried, with other random inputs each time
    may_change_inputs  whether the program may change the tensors that it is given
    """

    def register(probe: Probe) -> Probe:
        _found.append(Check(sentence, probe, jacobian, rounds, may_change_inputs))
        return probe

    return register


def load_checks(source: str) -> list[Check]:
    """The checks of an exercise, in their order in `check.py`."""
    _found.clear()
    exec(compile(source, "check.py", "exec", dont_inherit=True), {"__name__": "check"})
    checks = list(_found)
    _found.clear()  # where a program would look for them first
    return checks
