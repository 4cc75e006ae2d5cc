"""`assert_close`: are two values, or containers of them, equal within tolerances? Says where not."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import torch

_PRECISIONS = {torch.float32: (1.3e-6, 1e-5), torch.float64: (1e-7, 1e-7)}

type Place = tuple[Any, ...]


class Difference(Exception):
    """What differs, of which class the error is to be, and where in the containers it is."""

    def __init__(self, cls: type[Exception], text: str, place: Place) -> None:
        super().__init__(text)
        self.cls = cls
        self.text = text
        self.place = place

    def to_error(self, msg: str | Callable[[str], str] | None = None) -> Exception:
        """The error to raise; `msg` may replace its text or be given it."""
        if isinstance(msg, str):
            return self.cls(msg)
        text = self.text
        if self.place:
            text += "\n\nThe failure occurred for item " + "".join(
                str([part]) for part in self.place
            )
        return self.cls(text if msg is None else msg(text))


def default_tolerances(*inputs: Any, dtype_precisions: Any = None) -> tuple[float, float]:
    """The tolerances, relative and absolute, of the less precise dtype."""
    precisions = dtype_precisions or _PRECISIONS
    found = []
    for value in inputs:
        dtype = value.dtype if isinstance(value, torch.Tensor) else value
        if not isinstance(dtype, torch.dtype):
            raise TypeError(
                f"Expected a torch.Tensor or a torch.dtype, but got {type(value)} instead."
            )
        found.append(precisions.get(dtype, (0.0, 0.0)))
    rtols, atols = zip(*found)
    return max(rtols), max(atols)


class Options:
    """What `assert_close` was told."""

    def __init__(self, **options: Any) -> None:
        self.__dict__.update(options)

    rtol: float | None
    atol: float | None
    equal_nan: bool
    check_dtype: bool
    check_stride: bool
    allow_subclasses: bool

    def tolerances(self, place: Place, *inputs: Any) -> tuple[float, float]:
        """Those that were given, or those of the dtypes."""
        if (self.rtol is None) != (self.atol is None):
            missing = "rtol" if self.rtol is None else "atol"
            raise Difference(
                ValueError,
                "Both 'rtol' and 'atol' must be either specified or omitted, "
                f"but got no {missing}.",
                place,
            )
        if self.rtol is not None and self.atol is not None:
            return self.rtol, self.atol
        return default_tolerances(*inputs)


type Comparison = Callable[[], None]


def comparisons(actual: Any, expected: Any, options: Options, place: Place = ()) -> list[Comparison]:
    """One comparison for each pair of values in the containers. Raises what speaks against any."""
    if _is_sequence(actual) and _is_sequence(expected):
        if len(actual) != len(expected):
            raise Difference(
                AssertionError,
                f"The length of the sequences mismatch: {len(actual)} != {len(expected)}",
                place,
            )
        pairs = [((*place, at), a, b) for at, (a, b) in enumerate(zip(actual, expected))]
    elif isinstance(actual, Mapping) and isinstance(expected, Mapping):
        keys = _shared_keys(actual, expected, place)
        pairs = [((*place, key), actual[key], expected[key]) for key in keys]
    else:
        return [_comparison(actual, expected, options, place)]
    found: list[Comparison] = []
    for inner, a, b in pairs:
        found += comparisons(a, b, options, inner)
    return found


def _is_sequence(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _shared_keys(actual: Any, expected: Any, place: Place) -> list[Any]:
    own, wanted = set(actual), set(expected)
    if own != wanted:
        raise Difference(
            AssertionError,
            "The keys of the mappings do not match:\n"
            f"Missing keys in the actual mapping: {sorted(wanted - own)}\n"
            f"Additional keys in the actual mapping: {sorted(own - wanted)}",
            place,
        )
    try:
        return sorted(own)
    except TypeError:
        return list(own)


def _comparison(actual: Any, expected: Any, options: Options, place: Place) -> Comparison:
    if actual is None or expected is None:
        return lambda: _nones(actual, expected, place)
    if isinstance(actual, bool) and isinstance(expected, bool):
        return lambda: _booleans(actual, expected, place)
    numbers = (int, float, complex)
    if isinstance(actual, numbers) and isinstance(expected, numbers):
        dtypes = [torch.int64 if isinstance(v, int) else torch.float64 for v in (actual, expected)]
        tolerances = options.tolerances(place, *dtypes)
        return lambda: _numbers(actual, expected, options, tolerances, place)
    related = isinstance(actual, type(expected)) or isinstance(expected, type(actual))
    if isinstance(actual, torch.Tensor) and isinstance(expected, torch.Tensor) and related:
        if options.allow_subclasses or type(actual) is type(expected):
            tolerances = options.tolerances(place, actual, expected)
            return lambda: _tensors(actual, expected, options, tolerances, place)
    raise Difference(
        TypeError,
        f"No comparison pair was able to handle inputs of type {type(actual)} and "
        f"{type(expected)}.",
        place,
    )


def _nones(actual: Any, expected: Any, place: Place) -> None:
    if actual is not expected:
        raise Difference(AssertionError, f"None mismatch: {actual} is not {expected}", place)


def _booleans(actual: bool, expected: bool, place: Place) -> None:
    if actual is not expected:
        raise Difference(
            AssertionError, f"Booleans mismatch: {actual} is not {expected}", place
        )


def _numbers(
    actual: Any, expected: Any, options: Options, tolerances: tuple[float, float], place: Place
) -> None:
    if options.check_dtype and type(actual) is not type(expected):
        raise Difference(
            AssertionError,
            f"The (d)types do not match: {type(actual)} != {type(expected)}.",
            place,
        )
    if actual == expected or (options.equal_nan and actual != actual and expected != expected):
        return
    rtol, atol = tolerances
    away = abs(actual - expected)
    if not (math.isfinite(away) and away <= atol + rtol * abs(expected)):
        _fail_numbers(actual, expected, tolerances, place)


def _tensors(
    actual: Any, expected: Any, options: Options, tolerances: tuple[float, float], place: Place
) -> None:
    def require_same(name: str, own: Any, wanted: Any) -> None:
        if own != wanted:
            raise Difference(
                AssertionError,
                f"The values for attribute '{name}' do not match: {own} != {wanted}.",
                place,
            )

    require_same("shape", actual.shape, expected.shape)
    if options.check_stride:
        require_same("stride()", actual.stride(), expected.stride())
    if options.check_dtype:
        require_same("dtype", actual.dtype, expected.dtype)
    if actual.dtype is not expected.dtype:
        common = torch.promote_types(actual.dtype, expected.dtype)
        actual, expected = actual.to(common), expected.to(common)
    rtol, atol = tolerances
    matches = torch.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=options.equal_nan)
    if matches.all():
        return
    if actual.dim() == 0:
        _fail_numbers(actual.item(), expected.item(), tolerances, place)
    _fail_tensors(actual.detach(), expected.detach(), matches, tolerances, place)


def _fail_numbers(
    actual: Any, expected: Any, tolerances: tuple[float, float], place: Place
) -> NoReturn:
    away = abs(actual - expected)
    relative = math.inf if expected == 0 else away / abs(expected)
    text = f"Expected {expected} but got {actual}."
    raise Difference(
        AssertionError, _report("Scalars", text, (away, None), (relative, None), tolerances), place
    )


def _fail_tensors(
    actual: Any, expected: Any, matches: Any, tolerances: tuple[float, float], place: Place
) -> NoReturn:
    count = matches.numel()
    wrong = count - int(matches.sum())
    text = f"Mismatched elements: {wrong} / {count} ({wrong / count:.1%})"
    actual, expected = actual.flatten(), expected.flatten()
    if not actual.is_floating_point():
        actual, expected = actual.long(), expected.long()
    flat = matches.flatten()
    away = (actual - expected).abs()
    away[flat] = 0
    relative = away / expected.abs()
    relative[flat] = 0
    greatest = []
    for differences in (away, relative):
        value, at = differences.max(0)
        greatest.append((value.item(), _unravelled(int(at), matches.shape)))
    raise Difference(
        AssertionError, _report("Tensor-likes", text, *greatest, tolerances), place
    )


def _unravelled(at: int, shape: Sequence[int]) -> tuple[int, ...]:
    index: list[int] = []
    for size in reversed(shape):
        at, rest = divmod(at, size)
        index.insert(0, rest)
    return tuple(index)


def _report(
    what: str,
    text: str,
    absolute: tuple[Any, Any],
    relative: tuple[Any, Any],
    tolerances: tuple[float, float],
) -> str:
    rtol, atol = tolerances
    equality = rtol == 0 and atol == 0
    lines = [f"{what} are not {'equal' if equality else 'close'}!", "", text]
    for kind, (value, at), tolerance in (("absolute", absolute, atol), ("relative", relative, rtol)):
        if at is None:
            line = f"{kind.title()} difference: {value}"
        else:
            line = f"Greatest {kind} difference: {value} at index {at}"
        lines.append(line if equality else f"{line} (up to {tolerance} allowed)")
    return "\n".join(lines)


def assert_close(
    actual: Any,
    expected: Any,
    *,
    allow_subclasses: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = False,
    check_device: bool = True,
    check_dtype: bool = True,
    check_layout: bool = True,
    check_stride: bool = False,
    msg: str | Callable[[str], str] | None = None,
) -> None:
    """Raise AssertionError, which says where, unless |actual − expected| ≤ atol + rtol·|expected|.

    Tensors, numbers, and sequences and mappings of them are compared, with dtypes and shapes. The
    tolerances are those of the dtype unless both are given.
    """
    options = Options(
        rtol=rtol,
        atol=atol,
        equal_nan=equal_nan,
        check_dtype=check_dtype,
        check_stride=check_stride,
        allow_subclasses=allow_subclasses,
    )
    try:
        pairs = comparisons(actual, expected, options)
    except Difference as difference:
        raise difference.to_error() from None
    for compare in pairs:
        try:
            compare()
        except Difference as difference:
            raise difference.to_error(msg) from None


def assert_allclose(
    actual: Any,
    expected: Any,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = True,
    msg: str = "",
) -> None:
    """The old form of `assert_close`."""
    warnings.warn(
        "`torch.testing.assert_allclose()` is deprecated since 1.12 and will be removed in a future "
        "release. Please use `torch.testing.assert_close()` instead. You can find detailed upgrade "
        "instructions in https://github.com/pytorch/pytorch/issues/61844.",
        FutureWarning,
        skip_file_prefixes=(__file__,),
    )
    if not isinstance(actual, torch.Tensor):
        actual = torch.tensor(actual)
    if not isinstance(expected, torch.Tensor):
        expected = torch.tensor(expected, dtype=actual.dtype)
    if rtol is None and atol is None:
        loose = {torch.float32: (1e-4, 1e-5), torch.float64: (1e-5, 1e-8)}
        rtol, atol = default_tolerances(actual, expected, dtype_precisions=loose)
    assert_close(
        actual,
        expected,
        rtol=rtol,
        atol=atol,
        equal_nan=equal_nan,
        check_dtype=False,
        msg=msg or None,
    )
