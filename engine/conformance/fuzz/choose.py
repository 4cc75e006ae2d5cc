"""Fills the holes of a template with what fits, or now and then with what doesn't."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Sequence

import torch
from table import FUNCTIONS, WRONG

HOLE = re.compile(r"(?<!\{)\{(\w+)\}|\{\{\{(\w+)\}\}\}")
SHAPES = ["3", "2, 3", "3", "2, 3", "(2, 2)", "3, 1", "1, 3", "()", "(4,)", "2, 2, 3", "0", "2, 0", "1"]
DATA_SHAPES = [(), (3,), (3,), (2, 3), (2, 3), (2, 2), (2, 2), (3, 3), (1, 3), (3, 1), (4,), (2, 2, 3), (0,)]
DTYPES = ["float32", "float64", "float32", "float64", "int64", "int32", "bool", "int16", "int8", "uint8"]
NUMBERS = ["2", "3", "0.5", "-1", "1.5", "-0.25", "0", "1", "2.0", "-2.5", "True"]


class Unfit(Exception):
    """No tensor at hand fits."""


class Chooser:
    """Chooses for one step, among the tensors that there are."""

    def __init__(self, draw: random.Random, tensors: Sequence[tuple[str, torch.Tensor]], handles: Sequence[str]) -> None:
        self._draw = draw
        self._tensors = tensors
        self._handles = handles
        self._first: torch.Tensor | None = None
        self._first_name = ""
        self._places = ""
        self._matrix: torch.Tensor | None = None

    def fill(self, template: str, wrongly: bool) -> str:
        """The template with all holes filled; one of them wrongly, if told so."""
        holes = HOLE.findall(template)
        spoilt = self._draw.randrange(len(holes)) if wrongly and holes else None
        place = -1

        def put(hole: re.Match[str]) -> str:
            nonlocal place
            place += 1
            if place == spoilt and place > 0:
                return self._wrong()
            filled = getattr(self, f"_hole_{hole[1] or hole[2]}")()
            return f"{{{filled}}}" if hole[2] else filled

        return HOLE.sub(put, template)

    def _wrong(self) -> str:
        if self._draw.random() < 0.5 and self._tensors:
            return self._draw.choice(self._tensors)[0]
        return self._draw.choice(WRONG)

    # --- tensors ---------------------------------------------------------------------------------

    def _one(self, fits: Callable[[torch.Tensor], bool], as_first: bool = True) -> str:
        with torch.no_grad():
            fitting = [(name, each) for name, each in self._tensors if fits(each)]
        if not fitting:
            raise Unfit
        # The latest are the likeliest.
        place = min(int(self._draw.expovariate(0.35)), len(fitting) - 1)
        name, tensor = fitting[-1 - place]
        if as_first and self._first is None:
            self._first, self._first_name = tensor, name
        if tensor.dim() == 2:
            self._matrix = self._matrix if self._matrix is not None else tensor
        return name

    def _hole_x(self) -> str:
        return self._one(lambda each: True)

    def _hole_f(self) -> str:
        return self._one(torch.is_floating_point)

    def _hole_i(self) -> str:
        return self._one(lambda each: not each.is_floating_point() and each.dtype != torch.bool)

    def _hole_b(self) -> str:
        return self._one(lambda each: each.dtype == torch.bool)

    def _hole_g(self) -> str:
        return self._one(lambda each: each.requires_grad)

    def _hole_l(self) -> str:
        return self._one(lambda each: each.requires_grad and each.is_leaf)

    def _hole_o(self) -> str:
        return self._one(lambda each: each.requires_grad and not each.is_leaf)

    def _hole_r(self) -> str:
        return self._one(lambda each: each.requires_grad and each.numel() == 1)

    def _hole_e(self) -> str:
        return self._one(short_fractions)

    def _hole_c(self) -> str:
        return self._one(lambda each: short_fractions(each) and not bool(each.isnan().any()))

    def _hole_z(self) -> str:
        return self._one(lambda each: each.dim() < 2)

    def _hole_it(self) -> str:
        return self._first_name

    def _hole_E(self) -> str:
        return self._one(lambda each: each.is_floating_point() and short_fractions(each))

    def _hole_p(self) -> str:
        return self._one(lambda each: each.is_floating_point() and bool((each > 0.05).all()), as_first=False)

    def _hole_u(self) -> str:
        return self._one(lambda each: each.is_floating_point() and bool((each.abs() < 0.95).all()))

    def _hole_y(self) -> str:
        return self._one(self._broadcasts, as_first=False)

    def _hole_Y(self) -> str:
        return self._one(lambda each: self._broadcasts(each) and short_fractions(each), as_first=False)

    def _hole_s(self) -> str:
        return self._one(lambda each: self._first is None or each.shape == self._first.shape, as_first=False)

    def _hole_m(self) -> str:
        return self._one(lambda each: each.is_floating_point() and each.dim() == 2)

    def _hole_q(self) -> str:
        return self._one(lambda each: each.is_floating_point() and each.dim() == 2 and each.shape[0] == each.shape[1])

    def _hole_w(self) -> str:
        inner = None if self._matrix is None else self._matrix.shape[1]
        return self._one(lambda each: each.is_floating_point() and each.dim() == 2 and each.shape[0] == inner)

    def _hole_v(self) -> str:
        inner = None if self._matrix is None else self._matrix.shape[1]
        return self._one(lambda each: each.is_floating_point() and each.dim() == 1 and inner in (None, each.shape[0]))

    def _broadcasts(self, other: torch.Tensor) -> bool:
        if self._first is None:
            return True
        return all(a == b or 1 in (a, b) for a, b in zip(reversed(self._first.shape), reversed(other.shape)))

    # --- dimensions and sizes --------------------------------------------------------------------

    def _dims(self) -> int:
        return 1 if self._first is None else self._first.dim()

    def _hole_d(self) -> str:
        dims = max(1, self._dims())
        if self._draw.random() < 0.03:
            return str(self._draw.choice([dims, -dims - 1, dims + 5]))
        return str(self._draw.randrange(-dims, dims))

    def _hole_dd(self) -> str:
        dims = list(range(self._dims()))
        chosen = self._draw.sample(dims, self._draw.randint(0, len(dims)))
        if self._draw.random() < 0.05:
            chosen.append(self._draw.choice([0, 3]))
        return f"({', '.join(map(str, chosen))}{',' * (len(chosen) == 1)})"

    def _hole_perm(self) -> str:
        dims = list(range(self._dims()))
        self._draw.shuffle(dims)
        return ", ".join(map(str, dims)) or "()"

    def _hole_k(self) -> str:
        return str(self._draw.choice([0, 1, 1, 2, 2, 3, -1]))

    def _hole_size(self) -> str:
        count = 6 if self._first is None else self._first.numel()
        choices = ["-1", f"{count}", f"1, {count}", f"{count}, 1", "-1, 1"]
        for side in (2, 3):
            if count % side == 0 and count:
                choices += [f"{side}, -1", f"-1, {side}", f"{side}, {count // side}", f"({count // side}, {side})"]
        if self._draw.random() < 0.05:
            choices = ["5, -1", "-1, -1", "7", "2.0", "-2"]
        return self._draw.choice(choices)

    def _hole_ex(self) -> str:
        shape = [3] if self._first is None else list(self._first.shape)
        sizes = [str(self._draw.choice([2, 3]) if size == 1 else self._draw.choice([size, size, -1])) for size in shape]
        if self._draw.random() < 0.4 or not sizes:
            sizes.insert(0, "2")
        return ", ".join(sizes)

    def _hole_shape(self) -> str:
        return self._draw.choice(SHAPES)

    # --- indices ---------------------------------------------------------------------------------

    def _hole_at(self) -> str:
        dims = self._dims()
        if dims == 0:
            return self._draw.choice(["...", "()", "None", "True", "0"])
        parts: list[str] = []
        used = 0
        for _ in range(self._draw.randint(1, dims)):
            part = self._index_part(used)
            used += part not in ("None", "...", "True")
            parts.append("None" if part == "..." and "..." in parts else part)
        return ", ".join(parts)

    def _index_part(self, dim: int) -> str:
        simple = ["0", "-1", ":", "1:", "::2", ":1", "...", "None", ":-1", "0", "1"]
        if self._draw.random() < 0.25:
            size = 3 if self._first is None or dim >= self._first.dim() else self._first.shape[dim]
            places = [self._draw.randrange(-size, size) for _ in range(2)] if size else []
            return self._draw.choice([str(places), f"torch.tensor({places}, dtype=torch.long)", "True", "1:1", "5", "[[0], [1]]"])
        return self._draw.choice(simple)

    def _hole_ids(self) -> str:
        size = self._first.shape[0] if self._first is not None and self._first.dim() else 1
        places = [self._draw.randrange(size) for _ in range(self._draw.randint(1, 2))] if size else []
        self._places = f"torch.tensor({places}, dtype=torch.long)"
        return self._places

    def _hole_same(self) -> str:
        return self._places

    def _hole_idx(self) -> str:
        shape = [1] if self._first is None else list(self._first.shape)
        size = min([each for each in shape if each], default=1)
        if 0 in shape:
            return f"torch.zeros({shape}, dtype=torch.long)"
        count = math.prod(shape)
        places = [self._draw.randrange(size) for _ in range(count)]
        # `scatter` writes to a place in no order: twice to one would be anybody's guess.
        if size > 1 and shape:
            return f"torch.full({shape}, {places[0]})[:1]" if len(shape) > 1 else f"torch.tensor([{places[0]}])"
        return f"torch.zeros({shape}, dtype=torch.long)"

    def _hole_mask(self) -> str:
        shape = [3] if self._first is None else list(self._first.shape)
        bits = [self._draw.random() < 0.5 for _ in range(math.prod(shape))]
        return f"torch.tensor({bits}, dtype=torch.bool).reshape({tuple(shape)})"

    # --- the rest --------------------------------------------------------------------------------

    def _hole_n(self) -> str:
        return self._draw.choice(NUMBERS)

    def _hole_N(self) -> str:
        return self._draw.choice(["2", "-2", "0.5", "4", "-0.25", "3", "1.5"])

    def _hole_fn(self) -> str:
        return f"lambda t: {self._draw.choice(FUNCTIONS)}"

    def _hole_dt(self) -> str:
        return f"torch.{self._draw.choice(DTYPES)}"

    def _hole_rg(self) -> str:
        return self._draw.choice([", requires_grad=True", ", requires_grad=True", ""])

    def _hole_h(self) -> str:
        if not self._handles:
            raise Unfit
        return self._draw.choice(self._handles)

    def _hole_data(self) -> str:
        draw = self._draw
        kinds: list[Callable[[], str]] = [
            lambda: str(draw.randint(-12, 16) / 4),
            lambda: str(draw.randint(-4, 6)),
            lambda: str(draw.random() < 0.5),
        ]
        (number,) = draw.choices(kinds, [9, 2, 1])
        return _nested(draw.choice(DATA_SHAPES), number)

    def _hole_floats(self) -> str:
        low = self._draw.choice([-12, 1])
        return _nested(self._draw.choice(DATA_SHAPES), lambda: str(self._draw.randint(low, 16) / 4))


def _nested(shape: Sequence[int], number: Callable[[], str]) -> str:
    if not shape:
        return number()
    return f"[{', '.join(_nested(shape[1:], number) for _ in range(shape[0]))}]"


def short_fractions(tensor: torch.Tensor) -> bool:
    """Are these numbers that every order of adding and multiplying gives exactly?"""
    if not tensor.is_floating_point():
        return True
    scaled = tensor.detach() * 1024
    finite = scaled[scaled.isfinite()]
    return bool(((finite == finite.round()) & (finite.abs() < 2**24)).all())
