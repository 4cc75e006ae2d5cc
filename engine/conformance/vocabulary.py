"""The words that families of cases are written in. Knows no torch: a question is plain data.

    op("torch.add(x, y, alpha=2)", x=T(2, 3), y=T(3), dtypes=REAL, layouts=LAYOUTS)
    op("x.gather(1, index)", x=T(2, 3), index=Given([[0, 2], [1, 0]]))
    prints("torch.tensor([1., 2.])")
    program('''x = torch.ones(3, requires_grad=True)
    x.sum().backward()
    print(x.grad)''')

A question's name is what it asks, so it is written nowhere twice, and answers keep their place when
questions are added before them.
"""

from __future__ import annotations

import ast
import dataclasses
import itertools
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

FLOATS = ("float32", "float64")
INTEGERS = ("int64", "int32", "int16", "int8", "uint8")
REAL = (*FLOATS, "int64", "bool")
ALL = (*FLOATS, *INTEGERS, "bool")

# `scalar` and `empty` replace the shape: all sizes go, or the first one becomes 0.
STRIDED = ("contiguous", "transposed", "stepped", "expanded")
LAYOUTS = (*STRIDED, "scalar", "empty")


@dataclasses.dataclass(frozen=True)
class Input:
    """A tensor that a call is given."""

    shape: tuple[int, ...] | None
    dtype: str | None = None  # the one that the case is expanded to
    layout: str | None = None  # the same
    grad: bool = True  # requires grad, where its dtype can
    values: str = "any"  # any, positive, unit (between -1 and 1), ties
    data: Any = None  # exactly these, nested as for torch.tensor, or flat with a shape

    def __str__(self) -> str:
        if self.data is not None:
            return f"{self.dtype or ''}{self.data}" + " grad" * self.grad
        shape = ",".join(map(str, self.shape or ()))
        parts = [f"{self.dtype}[{shape}]"]
        if self.values != "any":
            parts.append(self.values)
        if self.layout not in (None, "contiguous"):
            parts.append(str(self.layout))
        if not self.grad:
            parts.append("no grad")
        return " ".join(parts)


def T(
    *shape: int, dtype: str | None = None, layout: str | None = None, grad: bool = True, values: str = "any"
) -> Input:
    """A tensor of made-up values, the same at every run."""
    return Input(shape, dtype, layout, grad, values)


def Given(data: Any, dtype: str | None = None, grad: bool = False) -> Input:
    """A tensor of exactly these values: an index, a mask, a corner."""
    return Input(None, dtype, None, grad, "any", data)


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked: an expression with inputs, an expression's text, or a program."""

    kind: str  # op, prints, program
    name: str
    code: str
    inputs: tuple[tuple[str, Input], ...] = ()
    setup: str = ""
    of: str = ""  # the operation, as the conformance page lists it
    exact: bool = False


_asked: list[Question] = []


def op(
    call: str,
    *,
    dtypes: Iterable[str | Sequence[str]] = FLOATS,
    layouts: Iterable[str] = ("contiguous",),
    of: str = "",
    exact: bool = False,
    **inputs: Input,
) -> None:
    """Ask for a call's results, gradients, second derivatives and tangents, or its exception.

    `call` is an expression of `torch`, `F` and the inputs. It is asked in every dtype and layout; a
    tuple of dtypes goes to the inputs in their order. An input with its own dtype or layout keeps
    it. `exact` compares to the last bit.
    """
    free_dtype = [name for name, each in inputs.items() if each.data is None and each.dtype is None]
    free_layout = [name for name, each in inputs.items() if each.data is None and each.layout is None]
    for dtype, layout in itertools.product(
        dtypes if free_dtype else ("float32",), layouts if free_layout else ("contiguous",)
    ):
        each = [dtype] * len(inputs) if isinstance(dtype, str) else dtype
        made = dict(inputs)
        for name, own in zip(free_dtype, each):
            made[name] = dataclasses.replace(made[name], dtype=own)
        for name in free_layout:
            made[name] = _laid_out(dataclasses.replace(made[name], layout=layout))
        given = ", ".join(f"{name}={tensor}" for name, tensor in made.items())
        name = f"{call} | {given}" if given else call
        of_what = of or _operation(call, made)
        _ask(Question("op", name, call, tuple(made.items()), of=of_what, exact=exact))


def ask(call: str, **inputs: Input) -> None:
    """Asks `call` with those of the inputs that it mentions."""
    op(call, **{name: value for name, value in inputs.items() if re.search(rf"\b{name}\b", call)})


def _laid_out(tensor: Input) -> Input:
    if tensor.layout == "scalar":
        return dataclasses.replace(tensor, shape=(), layout="contiguous")
    if tensor.layout == "empty":
        return dataclasses.replace(tensor, shape=(0, *(tensor.shape or ())[1:]), layout="contiguous")
    return tensor


def _operation(call: str, inputs: Iterable[str]) -> str:
    """The first thing that is called: `torch.linalg.det(x)` is of `linalg.det`."""
    found = re.search(r"([A-Za-z_][\w.]*)\(", call)
    if found is None:
        return "getitem" if "[" in call else call
    name = re.sub(r"^(torch\.nn\.functional|torch|F)\.", "", found[1])
    first, _, rest = name.partition(".")
    return rest if first in inputs else name


def prints(expression: str, setup: str = "") -> None:
    """Ask for the text of an expression: its `repr`, or itself if it is a string."""
    name = f"print({expression})"
    name = f"{setup}; {name}" if setup else name
    _ask(Question("prints", name, expression, setup=setup))


def program(code: str, name: str = "") -> None:
    """Ask what a program prints, warns of and raises. `torch` need not be imported."""
    code = code.strip("\n")
    _ask(Question("program", name or code, code))


def _ask(question: Question) -> None:
    _asked.append(question)


def about(source: str, filename: str) -> str:
    """What a family is about: the first line of its text."""
    if ".json" in filename:
        return "Inputs with values of their own."
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def questions(source: str, filename: str) -> list[Question]:
    """All that a family asks. One whose inputs have values of their own is data, not Python."""
    _asked.clear()
    if ".json" in filename:
        for each in json.loads(source):
            inputs = tuple((name, Input(**given)) for name, given in each["inputs"].items())
            of = _operation(each["call"], each["inputs"])
            _ask(Question("op", each["name"], each["call"], inputs, of=of))
    else:
        exec(compile(source, filename, "exec"), {"__name__": "family"})
    named: dict[str, Question] = {}
    for question in _asked:
        if named.setdefault(question.name, question) != question:
            raise ValueError(f"{filename}: two questions are called {question.name!r}")
    return list(named.values())
