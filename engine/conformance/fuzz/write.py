"""Writes random programs, each determined by its seed.

The writer runs what it writes on PyTorch, so that it knows which tensors there are and what would
fit. It keeps a second world in which single precision is double: a step that the two disagree
about lets rounding decide, and is not taken.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Iterable
from typing import Any

import torch
from choose import DTYPES, Chooser, Unfit, short_fractions
from run import Report, World
from table import INPLACE, KINDS, MODES, START

LENGTH = (6, 18)
LARGEST = 48  # elements of a tensor
RELATIVE, ABSOLUTE, TINY, HUGE = 1e-6, 1e-8, 1e-5, 1e5
IN_SCOPE = {getattr(torch, name) for name in DTYPES}
RANDOM = re.compile(r"\b(rand|randn|rand_like|randint|randperm|rrelu)\b")


def write(seed: int) -> tuple[list[str], list[Report]]:
    """The steps of a program, and what PyTorch does in each."""
    return _Writer(random.Random(seed)).write()


class _Writer:
    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._steps: list[str] = []
        self._reports: list[Report] = []
        self._restart()

    def write(self) -> tuple[list[str], list[Report]]:
        length = self._draw.randint(*LENGTH)
        for _ in range(5 * length):
            if len(self._steps) == length:
                break
            code = self._proposal()
            if code is not None:
                self._take(code)
        return self._steps, self._reports

    # --- proposing -------------------------------------------------------------------------------

    def _proposal(self) -> str | None:
        tensors = [(name, each) for name, each in self._world.tensors() if _usable(each)]
        handles = [name for name in self._world.names if re.fullmatch(r"h\d+", name)]
        draw = self._draw
        if len(tensors) < 2:
            templates, makes = START, True
        elif handles and draw.random() < 0.1:
            return f"{draw.choice(handles)}.remove()"
        else:
            ((_, templates, makes),) = draw.choices(KINDS, [weight for weight, *_ in KINDS])
        if templates is INPLACE and draw.random() < 0.85:
            tensors = [(name, each) for name, each in tensors if not (each.requires_grad and each.is_leaf)]
        if templates is INPLACE:
            tensors = [(name, each) for name, each in tensors if not _folds(each)]
        template = draw.choice(templates)
        try:
            code = Chooser(draw, tensors, handles).fill(template, wrongly=draw.random() < 0.06)
        except Unfit:
            return None
        if makes:
            letter = "h" if "hook(" in template else "t"
            code = f"{letter}{len(self._steps)} = {code}"
        return draw.choice(MODES) + code if draw.random() < 0.07 else code

    # --- taking ----------------------------------------------------------------------------------

    def _take(self, code: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = self._world.step(code)
            if "raises" not in report:
                self._double.follow(code, self._world)
            # What of an operation that fails was packed before is PyTorch's own affair.
            lost = "raises" in report and "saved_tensors_hooks(packed" in code
            if not lost and not _out_of_proportion(report.get("shows", [])) and _steady(self._world, self._double, report.get("tensors", {})):
                self._steps.append(code)
                self._reports.append(report)
            else:
                self._restart()

    def _restart(self) -> None:
        """The worlds as they were before a step that is not taken."""
        self._world, self._double = World(), _DoubleWorld()
        for code in self._steps:
            if "raises" not in self._world.step(code):
                self._double.follow(code, self._world)


class _DoubleWorld:
    """A program's world in which float32 is float64."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = dict(World().names)

    def follow(self, code: str, single: World) -> None:
        """Take a step that went well in the other world."""
        code = code.replace("float32", "float64").replace(".float()", ".double()")
        torch.set_default_dtype(torch.float64)
        numbers = torch.get_rng_state()
        try:
            exec(code, self.names)
        except Exception:
            pass  # its tensors will be missing or differ, which is looked at next
        finally:
            torch.set_default_dtype(torch.float32)
            torch.set_rng_state(numbers)
        if RANDOM.search(code):
            name = code.partition(" = ")[0].split()[-1]
            made = single.names.get(name)
            if isinstance(made, torch.Tensor):
                leaf = made.detach().clone()
                leaf = leaf.double() if leaf.is_floating_point() else leaf
                self.names[name] = leaf.requires_grad_(made.requires_grad)


def _steady(single: World, double: _DoubleWorld, changed: Iterable[str]) -> bool:
    """Do the two worlds agree on every number that changed, and is none of them out of proportion?"""
    for name in changed:
        tensor = eval(name, single.names)
        try:
            other = eval(name, double.names)
        except (NameError, IndexError, TypeError):
            return False
        if not isinstance(other, torch.Tensor) or not _alike(tensor, other):
            return False
        grad, other_grad = _grad(tensor), _grad(other)
        if (grad is None) != (other_grad is None):
            return False
        if grad is not None and other_grad is not None and not _alike(grad, other_grad):
            return False
    return True


def _out_of_proportion(shown: Any) -> bool:
    """Is among the numbers shown one so near to 0 that it can be but what rounding has left?"""
    if isinstance(shown, dict):
        return _out_of_proportion(shown.get("data", [])) or _out_of_proportion(shown.get("number"))
    if isinstance(shown, list):
        return any(map(_out_of_proportion, shown))
    return isinstance(shown, float) and 0 < abs(shown) < TINY


def _folds(tensor: torch.Tensor) -> bool:
    """Do elements share memory in a way that PyTorch doesn't see? What is written there depends on its loops."""
    try:
        strides = [stride for size, stride in zip(tensor.shape, tensor.stride()) if size > 1]
        if 0 in strides or not tensor.numel():
            return False
        places = torch.arange(int(sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride()))) + 1)
        return bool(torch.as_strided(places, tensor.shape, tensor.stride()).unique().numel() < tensor.numel())
    except RuntimeError:  # some views have no history any more
        return False


def _usable(tensor: torch.Tensor) -> bool:
    try:
        return tensor.numel() <= LARGEST and (tensor.grad_fn is None or not tensor.is_leaf)
    except RuntimeError:  # some views have no history any more
        return False


def _grad(tensor: torch.Tensor) -> torch.Tensor | None:
    try:
        return tensor.grad if tensor.is_leaf or tensor.retains_grad else None
    except RuntimeError:  # some views have no history any more
        return None


def _alike(tensor: torch.Tensor, other: torch.Tensor) -> bool:
    if tensor.dtype not in IN_SCOPE or tensor.numel() > LARGEST or tensor.shape != other.shape:
        return False
    try:
        one, two = tensor.detach().double(), other.detach().double()
    except RuntimeError:  # a gradient that has stayed in a batch
        return False
    finite = one[one.isfinite()].abs()
    if bool((finite > HUGE).any()) or (not short_fractions(tensor) and bool(((finite < TINY) & (finite > 0)).any())):
        return False
    # A number that rounding alone has made, and one that it has lost.
    if bool(((two.abs() < TINY) & (two != 0) & (one != two)).any()) and not short_fractions(tensor):
        return False
    return torch.allclose(one, two, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
