"""What parameters and samples of distributions must satisfy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch


class Constraint:
    """The base: `check` says of each value whether it is allowed.

    `event_dim` dimensions at the end make up one value.
    """

    is_discrete: Any = False
    event_dim: Any = 0

    def check(self, value: Any) -> Any:
        """A tensor of True and False."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return type(self).__name__.removeprefix("_") + "()"


class _Dependent(Constraint):
    """Depends on other parameters and can't be checked alone."""

    def __init__(
        self, *, is_discrete: Any = NotImplemented, event_dim: Any = NotImplemented
    ) -> None:
        self.is_discrete = is_discrete
        self.event_dim = event_dim

    def __call__(self, **known: Any) -> _Dependent:
        return _Dependent(**known)

    def check(self, value: Any) -> Any:
        """Raises ValueError: it can't be told."""
        raise ValueError("Cannot determine validity of dependent constraint")


class dependent_property(property, _Dependent):
    """A property that gives a constraint that depends on parameters."""

    def __init__(
        self,
        fn: Callable[..., Any] | None = None,
        *,
        is_discrete: Any = NotImplemented,
        event_dim: Any = NotImplemented,
    ) -> None:
        property.__init__(self, fn)
        self.is_discrete = is_discrete
        self.event_dim = event_dim

    def __call__(self, fn: Callable[..., Any]) -> dependent_property:  # type: ignore[override]
        return dependent_property(fn, is_discrete=self.is_discrete, event_dim=self.event_dim)


def is_dependent(constraint: Any) -> bool:
    """Does it depend on other parameters?"""
    return isinstance(constraint, _Dependent)


class _IndependentConstraint(Constraint):
    """Holds if it holds for all of the last dimensions."""

    def __init__(self, base_constraint: Constraint, reinterpreted_batch_ndims: int) -> None:
        self.base_constraint = base_constraint
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims
        self.is_discrete = base_constraint.is_discrete
        self.event_dim = base_constraint.event_dim + reinterpreted_batch_ndims

    def check(self, value: Any) -> Any:
        """A tensor of True and False."""
        count = self.reinterpreted_batch_ndims
        result = self.base_constraint.check(value)
        if result.dim() < count:
            raise ValueError(f"Expected value.dim() >= {self.event_dim} but got {value.dim()}")
        return result.reshape((*result.shape[: result.dim() - count], -1)).all(-1)

    def __repr__(self) -> str:
        return f"IndependentConstraint({self.base_constraint!r}, {self.reinterpreted_batch_ndims})"


class _Bounded(Constraint):
    """Has bounds, which are shown."""

    _names: tuple[str, ...] = ("lower_bound", "upper_bound")

    def __init__(self, *bounds: Any) -> None:
        self.__dict__.update(zip(self._names, bounds, strict=True))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)}" for name in self._names)
        return f"{type(self).__name__.removeprefix('_')}({shown})"


def _bounded(
    name: str, names: tuple[str, ...], test: Callable[..., Any], discrete: bool = False
) -> type[_Bounded]:
    """A class of constraints with bounds; `test(value, *bounds)` says what is allowed."""

    def check(self: _Bounded, value: Any) -> Any:
        allowed = test(value, *(getattr(self, bound) for bound in names))
        return (value % 1 == 0) & allowed if discrete else allowed

    body = {"_names": names, "check": check, "is_discrete": discrete, "__module__": __name__}
    return type(name, (_Bounded,), body)


_LOW, _HIGH = ("lower_bound",), ("upper_bound",)
_BOTH = _LOW + _HIGH

_GreaterThan = _bounded("_GreaterThan", _LOW, lambda x, low: low < x)
_GreaterThanEq = _bounded("_GreaterThanEq", _LOW, lambda x, low: low <= x)
_LessThan = _bounded("_LessThan", _HIGH, lambda x, high: x < high)
_Interval = _bounded("_Interval", _BOTH, lambda x, low, high: (low <= x) & (x <= high))
_HalfOpenInterval = _bounded(
    "_HalfOpenInterval", _BOTH, lambda x, low, high: (low <= x) & (x < high)
)
_IntegerInterval = _bounded(
    "_IntegerInterval", _BOTH, lambda x, low, high: (low <= x) & (x <= high), discrete=True
)
_IntegerGreaterThan = _bounded(
    "_IntegerGreaterThan", _LOW, lambda x, low: x >= low, discrete=True
)
_IntegerLessThan = _bounded("_IntegerLessThan", _HIGH, lambda x, high: x <= high, discrete=True)


class _Real(Constraint):
    def check(self, value: Any) -> Any:
        return value == value  # NaN is not


class _Boolean(Constraint):
    is_discrete = True

    def check(self, value: Any) -> Any:
        return (value == 0) | (value == 1)


class _OneHot(Constraint):
    is_discrete = True
    event_dim = 1

    def check(self, value: Any) -> Any:
        return _Boolean().check(value).all(-1) & value.sum(-1).eq(1)


class _Simplex(Constraint):
    event_dim = 1

    def check(self, value: Any) -> Any:
        return (value >= 0).all(-1) & ((value.sum(-1) - 1).abs() < 1e-6)


class _LowerTriangular(Constraint):
    event_dim = 2

    def check(self, value: Any) -> Any:
        return (value.tril() == value).flatten(-2).all(-1)


class _LowerCholesky(_LowerTriangular):
    def check(self, value: Any) -> Any:
        return super().check(value) & (value.diagonal(dim1=-2, dim2=-1) > 0).all(-1)


class _Symmetric(Constraint):
    event_dim = 2

    def check(self, value: Any) -> Any:
        if value.shape[-2] != value.shape[-1]:
            return torch.zeros(value.shape[:-2], dtype=torch.bool)
        return torch.isclose(value, value.mT, atol=1e-6).all(-2).all(-1)


class _PositiveDefinite(_Symmetric):
    def check(self, value: Any) -> Any:
        symmetric = super().check(value)
        if not symmetric.all():
            return symmetric
        flat = value.detach().reshape(-1, *value.shape[-2:])
        return torch.tensor([_has_cholesky(matrix) for matrix in flat]).view(value.shape[:-2])


def _has_cholesky(matrix: Any) -> bool:
    try:
        torch.linalg.cholesky(matrix)
    except RuntimeError:
        return False
    return True


dependent = _Dependent()
independent = _IndependentConstraint
boolean = _Boolean()
one_hot = _OneHot()
nonnegative_integer = _IntegerGreaterThan(0)
positive_integer = _IntegerGreaterThan(1)
integer_interval = _IntegerInterval
real = _Real()
real_vector = independent(real, 1)
positive = _GreaterThan(0.0)
nonnegative = _GreaterThanEq(0.0)
greater_than = _GreaterThan
greater_than_eq = _GreaterThanEq
less_than = _LessThan
unit_interval = _Interval(0.0, 1.0)
interval = _Interval
half_open_interval = _HalfOpenInterval
simplex = _Simplex()
lower_triangular = _LowerTriangular()
lower_cholesky = _LowerCholesky()
symmetric = _Symmetric()
positive_definite = _PositiveDefinite()


class _Multinomial(Constraint):
    """Counts that add up to at most a number."""

    is_discrete = True
    event_dim = 1

    def __init__(self, upper_bound: Any) -> None:
        self.upper_bound = upper_bound

    def check(self, value: Any) -> Any:
        """A tensor of True and False."""
        return (value >= 0).all(dim=-1) & (value.sum(dim=-1) <= self.upper_bound)


class _Cat(Constraint):
    """Constraints, each for its own places along a dimension."""

    def __init__(self, cseq: Any, dim: int = 0, lengths: Any = None) -> None:
        self.cseq = list(cseq)
        self.lengths = [1] * len(self.cseq) if lengths is None else list(lengths)
        self.dim = dim

    @property
    def is_discrete(self) -> bool:  # type: ignore[override]
        """Is one of them?"""
        return any(part.is_discrete for part in self.cseq)

    @property
    def event_dim(self) -> int:  # type: ignore[override]
        """The largest of theirs."""
        return max(part.event_dim for part in self.cseq)

    def check(self, value: Any) -> Any:
        """A tensor of True and False."""
        starts = [sum(self.lengths[:at]) for at in range(len(self.lengths))]
        parts = zip(self.cseq, starts, self.lengths)
        checks = [part.check(value.narrow(self.dim, *place)) for part, *place in parts]
        return torch.cat(checks, self.dim)


class _Stack(Constraint):
    """Constraints, each for one place along a dimension."""

    def __init__(self, cseq: Any, dim: int = 0) -> None:
        self.cseq = list(cseq)
        self.dim = dim

    @property
    def is_discrete(self) -> bool:  # type: ignore[override]
        """Is one of them?"""
        return any(part.is_discrete for part in self.cseq)

    @property
    def event_dim(self) -> int:  # type: ignore[override]
        """The largest of theirs, and one more."""
        dim = max(part.event_dim for part in self.cseq)
        return dim + 1 if self.dim + dim < 0 else dim

    def check(self, value: Any) -> Any:
        """A tensor of True and False."""
        parts = [part.check(value.select(self.dim, at)) for at, part in enumerate(self.cseq)]
        return torch.stack(parts, self.dim)


class MixtureSameFamilyConstraint(Constraint):
    """What holds for the components of a mixture."""

    def __init__(self, base_constraint: Constraint) -> None:
        self.base_constraint = base_constraint

    @property
    def is_discrete(self) -> bool:  # type: ignore[override]
        """Are the components?"""
        return self.base_constraint.is_discrete

    @property
    def event_dim(self) -> int:  # type: ignore[override]
        """That of the components."""
        return self.base_constraint.event_dim

    def check(self, value: Any) -> Any:
        """A tensor of True and False."""
        dim = self.event_dim
        result = self.base_constraint.check(value.unsqueeze(-1 - dim))
        count = value.dim() - dim
        return result.reshape((*result.shape[:count], -1)).all(-1)

    def __repr__(self) -> str:
        return f"MixtureSameFamilyConstraint({self.base_constraint!r})"


multinomial = _Multinomial
cat = _Cat
stack = _Stack
