"""`torch.einsum`: sums of products in Einstein's notation, by permuting and matrix products."""

from __future__ import annotations

from math import prod
from typing import Any

from ._handles import TensorBase
from ._operation import function
from ._parameter import type_name

_NO_OPERANDS = (
    "einsum(): must specify the equation string and at least one operand, or at least one operand "
    "and its subscripts list"
)
_ELLIPSIS = "."


def einsum(*args: Any) -> Any:
    """einsum(equation, *operands) -> Tensor: `einsum("ij,jk->ik", a, b)` is `a @ b`.

    Every letter names a dimension; letters that stand on the left alone are summed over.
    """
    if len(args) < 2:
        raise ValueError(_NO_OPERANDS)
    if isinstance(args[0], TensorBase):
        args = _from_subscripts(args)
    equation, *operands = args
    if not isinstance(equation, str):
        raise TypeError(
            "einsum(): argument 'equation' (position 1) must be str, "
            f"not {type_name(equation)}"
        )
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = list(operands[0])
    return _contract(equation.replace(" ", ""), operands)


def _from_subscripts(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Turn `einsum(a, [0, 1], b, [1, 2], [0, 2])` into an equation and its operands."""

    def letters(subscripts: Any) -> str:
        return "".join("..." if s is Ellipsis else _letter(s) for s in subscripts)

    equation = ",".join(letters(subscripts) for subscripts in args[1::2])
    if len(args) % 2 == 1:
        equation += "->" + letters(args[-1])
        return (equation, *args[:-1:2])
    return (equation, *args[::2])


def _letter(subscript: int) -> str:
    if 0 <= subscript < 26:
        return chr(ord("A") + subscript)
    if 26 <= subscript < 52:
        return chr(ord("a") + subscript - 26)
    raise ValueError(
        "einsum(): subscript in subscript list is not within the valid range [0, 52)"
    )


def _contract(equation: str, operands: list[Any]) -> Any:
    left, arrow, right = equation.partition("->")
    plain = equation.replace("->", "__", 1).replace("...", ",,,")
    number = 0
    for position, letter in enumerate(plain):
        number += equation[position] == ","
        if letter == ".":
            raise RuntimeError(
                f"einsum(): found '.' for operand {number} that is not part of any ellipsis"
            )
        if letter not in ",_" and not (letter.isascii() and letter.isalpha()):
            raise RuntimeError(
                f"einsum(): invalid subscript given at index {position} in the equation string, "
                "subscripts must be in [a-zA-Z]"
            )
    inputs = left.replace("...", _ELLIPSIS).split(",")
    if len(inputs) < len(operands):
        raise RuntimeError("einsum(): more operands were provided than specified in the equation")
    if len(inputs) > len(operands):
        raise RuntimeError("einsum(): fewer operands were provided than specified in the equation")
    spread = 0
    for number, (letters, operand) in enumerate(zip(inputs, operands)):
        if not isinstance(operand, TensorBase):
            raise TypeError(
                f"expected Tensor as element {number} in argument 1, "
                f"but got {type_name(operand)}"
            )
        _check_letters(letters, operand, number)
        if _ELLIPSIS in letters:
            spread = max(spread, operand.dim() - len(letters) + 1)
    # Dimensions behind an ellipsis get names of their own, which no letter has.
    extra = [f"#{at}" for at in range(spread)]
    named = [_names(letters, operand, extra) for letters, operand in zip(inputs, operands)]
    output = _output(arrow, right.replace("...", _ELLIPSIS), named, extra)
    sizes = _sizes(named, operands)
    summed = sorted({name for names in named for name in names if name not in output})
    order = output + summed
    aligned = [_align(operand, names, order) for operand, names in zip(operands, named)]
    return _contracted(aligned, len(output))


def _contracted(operands: list[Any], kept: int) -> Any:
    """The product of aligned tensors, from left to right; all dimensions but the first go away."""
    left, *others = operands
    if not others:
        return left.sum(list(range(kept, left.dim()))) if left.dim() > kept else left
    counts = {d: sum(t.shape[d] != 1 for t in operands) for d in range(kept, left.dim())}
    for right in others:
        wide = {d: (left.shape[d] != 1, right.shape[d] != 1) for d in counts}
        shared = [d for d in counts if wide[d] == (True, True)]
        for d in shared:
            counts[d] -= 1
        # Nobody needs these any more: they are summed over now.
        inner = [d for d in shared if counts[d] == 1]
        only_left = [d for d in counts if wide[d] == (True, False) and counts[d] == 1]
        only_right = [d for d in counts if wide[d] == (False, True) and counts[d] == 1]
        for d in inner + only_left + only_right:
            counts[d] = 0
        left = left.sum(only_left, True) if only_left else left
        right = right.sum(only_right, True) if only_right else right
        left = _sum_of_products(left, right, inner)
    return left.view(left.shape[:kept]) if left.dim() > kept else left


def _check_letters(letters: str, operand: Any, number: int) -> None:
    count = len(letters.replace(_ELLIPSIS, ""))
    if _ELLIPSIS in letters and count <= operand.dim() or count == operand.dim():
        return
    more = "more" if count > operand.dim() else "fewer"
    raise RuntimeError(
        f"einsum(): the number of subscripts in the equation ({count}) "
        + (
            f"does not match the number of dimensions ({operand.dim()}) for operand {number} "
            "and no ellipsis was given"
            if _ELLIPSIS not in letters
            else f"is {more} than the number of dimensions ({operand.dim()}) for operand {number}"
        )
    )


def _names(letters: str, operand: Any, extra: list[str]) -> list[str]:
    """A name for each dimension of an operand."""
    names: list[str] = []
    for letter in letters:
        if letter == _ELLIPSIS:
            count = operand.dim() - len(letters) + 1
            names += extra[len(extra) - count :]
        else:
            names.append(letter)
    return names


def _output(arrow: str, right: str, named: list[list[str]], extra: list[str]) -> list[str]:
    if not arrow:
        # Without an arrow: letters that stand once, in alphabetical order, after the ellipsis.
        flat = [name for names in named for name in names if not name.startswith("#")]
        return extra + sorted(name for name in set(flat) if flat.count(name) == 1)
    output: list[str] = []
    known = {name for names in named for name in names}
    for letter in right:
        if letter == _ELLIPSIS:
            output += extra
        elif letter not in known:
            raise RuntimeError(
                f"einsum(): output subscript {letter} does not appear in the equation for any "
                "input operand"
            )
        elif letter in output:
            raise RuntimeError(
                f"einsum(): output subscript {letter} appears more than once in the output"
            )
        else:
            output.append(letter)
    return output


def _sizes(named: list[list[str]], operands: list[Any]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for number, (names, operand) in enumerate(zip(named, operands)):
        for at, name in enumerate(names):
            size, before = operand.shape[at], sizes.get(name, 1)
            if name in names[:at] and size != operand.shape[names.index(name)]:
                raise RuntimeError(
                    f"einsum(): subscript {name} is repeated for operand {number} but the sizes "
                    f"don't match, {size} != {operand.shape[names.index(name)]}"
                )
            if size != before and size != 1 and before != 1:
                raise RuntimeError(
                    f"einsum(): subscript {name} has size {size} for operand {number} which does "
                    f"not broadcast with previously seen size {before}"
                )
            sizes[name] = max(size, before) if size and before else min(size, before)
    return sizes


def _align(operand: Any, names: list[str], order: list[str]) -> Any:
    """The operand with its dimensions in `order`, and of size 1 where it has none."""
    names = list(names)
    for name in dict.fromkeys(names):
        while names.count(name) > 1:
            first = names.index(name)
            second = names.index(name, first + 1)
            operand = operand.diagonal(0, first, second).movedim(-1, first)
            del names[second]
    for name in order:
        if name not in names:
            operand = operand.unsqueeze(-1)
            names.append(name)
    return operand.permute([names.index(name) for name in order])


def _sum_of_products(left: Any, right: Any, summed: list[int]) -> Any:
    """The product of two aligned tensors, summed over dimensions both have: a batched matmul."""
    if not summed:
        return left * right
    batch, rows, columns = [], [], []
    for d in range(left.dim()):
        if d in summed:
            continue
        if left.shape[d] == 1:
            columns.append(d)
        else:
            (rows if right.shape[d] == 1 else batch).append(d)
    if rows and columns and columns[-1] < rows[0]:
        # The other way round the result needs no turning.
        left, right, rows, columns = right, left, columns, rows
    shape = [left.shape[d] for d in batch + rows]
    shape += [1] * len(summed) + [right.shape[d] for d in columns]
    first = _as_matrices(left, (batch, rows, summed), columns)
    second = _as_matrices(right, (batch, summed, columns), rows)
    places = batch + rows + summed + columns
    product = _bmm(first, second).view(shape)
    return product.permute([places.index(d) for d in range(left.dim())])


_bmm = function("bmm")


def _as_matrices(tensor: Any, groups: tuple[list[int], ...], rest: list[int]) -> Any:
    """The tensor as a batch of matrices; the dimensions in `rest` have size 1."""
    dims = [d for group in groups for d in group]
    shape = [prod(tensor.shape[d] for d in group) for group in groups]
    return tensor.permute(dims + rest).reshape(shape)
