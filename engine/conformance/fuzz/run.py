"""Runs a program step by step on whatever `torch` is importable, and reports what each step did."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import prelude
import torch
import torch.nn.functional as F
from observe import observed, steady, version_of

Report = dict[str, Any]


class World:
    """The names of a running program, and how they looked after the last step."""

    def __init__(self) -> None:
        torch.manual_seed(0)
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)
        torch.set_warn_always(True)
        torch.set_printoptions(profile="default", sci_mode=None)
        self.names: dict[str, Any] = {"torch": torch, "F": F, **prelude.NAMES}
        self._own = set(self.names)
        self._looks: dict[str, str] = {}
        self._first: dict[str, tuple[torch.Tensor, Any]] = {}

    def step(self, code: str) -> Report:
        """Take a step; whatever it raises is a part of the report."""
        report: Report = {}
        prelude.shown.clear()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                exec(compile(code, "main.py", "exec"), self.names)
            except Exception as error:
                report["raises"] = [type(error).__qualname__, steady(str(error))]
            shown = list(prelude.shown)
        if caught:
            report["warns"] = [steady(f"{each.category.__name__}: {each.message}") for each in caught]
        if shown:
            report["shows"] = shown
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if changed := self._changed():
                report["tensors"] = changed
        return report

    def tensors(self) -> Iterator[tuple[str, torch.Tensor]]:
        """Every tensor of the program, with the expression that names it."""
        for name, value in self.names.items():
            if name in self._own:
                continue
            if isinstance(value, torch.Tensor):
                yield name, value
            elif isinstance(value, (list, tuple)):
                for place, each in enumerate(value):
                    if isinstance(each, torch.Tensor):
                        yield f"{name}[{place}]", each

    def _changed(self) -> dict[str, Any]:
        """The tensors that are new or look different, some of them since a view of them was changed."""
        changed = {}
        for name, tensor in self.tensors():
            try:
                seen: Any = observed(tensor) | {"version": self._version(name, tensor)}
            except Exception as error:
                seen = f"{type(error).__name__}: {steady(str(error))}"
            looks = json.dumps(seen)
            if self._looks.get(name) != looks:
                changed[name] = seen
                self._looks[name] = looks
        return changed

    def _version(self, name: str, tensor: torch.Tensor) -> Any:
        """How often a tensor was changed in place since it was first seen.

        How often a kernel wrote to a result before it gave it back is its own affair.
        """
        version = version_of(tensor)
        first, since = self._first.setdefault(name, (tensor, version))
        if first is not tensor:
            self._first[name] = (tensor, version)
            since = version
        return version - since if isinstance(version, int) and isinstance(since, int) else version


def run(steps: Sequence[str]) -> list[Report]:
    """The reports of all steps of a program in a world of its own."""
    world = World()
    return [world.step(code) for code in steps]
