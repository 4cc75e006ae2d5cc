"""Random numbers: the same ones as PyTorch draws on a CPU for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from typing import Any

from . import _C
from ._dtype import code_of, default_dtype, int64
from ._factories import _Parser, _finish, _sizes
from ._operation import engine_function

engine = _C.engine

_WITH_GENERATOR = "*, Generator? generator, OUT, OPTIONS"


class Generator:
    """A stream of random numbers. dxdx has one, `torch.default_generator`."""

    __module__ = "torch._C"

    def __init__(self, device: Any = "cpu") -> None:
        self.device = device

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again from `seed`."""
        manual_seed(seed)
        return self

    def initial_seed(self) -> int:
        """The seed it was started from."""
        return initial_seed()

    def seed(self) -> int:
        """Start from a seed that nobody can foresee."""
        return seed()


default_generator = Generator()


def manual_seed(seed: Any) -> Generator:
    """Start the random numbers from `seed`: the same seed gives the same numbers again."""
    seed = int(seed)
    if not -0x8000_0000_0000_0000 <= seed <= 0xFFFF_FFFF_FFFF_FFFF:
        raise ValueError(f"Overflow when unpacking long long")
    seed %= 2**64
    _C.check(engine.manual_seed(seed % 2**32, seed >> 32))
    _seed[0] = seed
    return default_generator


_seed = [67280421310721]


def initial_seed() -> int:
    """The seed that the random numbers were started from."""
    return _seed[0]


def seed() -> int:
    """Start from a seed that nobody can foresee, and give it."""
    import os

    value = int.from_bytes(os.urandom(8), "little") >> 1
    manual_seed(value)
    return value


def get_rng_state() -> Any:
    """The state of the random numbers, for `set_rng_state`."""
    from ._factories import tensor
    from ._dtype import uint8

    return tensor(list(engine.rng_state().to_py()), dtype=uint8)


def set_rng_state(new_state: Any) -> None:
    """Go on from a state that `get_rng_state` gave."""
    _C.check(engine.set_rng_state(_C.floats(new_state.tolist())))


def _sized(name: str, doc: str) -> Callable[..., Any]:
    parser = _Parser(f"{name}(int[] size, {_WITH_GENERATOR})", f"{name}(int[] size, *, OUT, OPTIONS)")

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        sizes = _sizes(values["size"])
        target = code_of(values["dtype"] or default_dtype())
        draw = engine_function("_" + name)
        return _finish(_C.tensor(draw(len(sizes), *sizes, target)), values)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = doc
    return make


rand = _sized("rand", "rand(*size) -> Tensor: evenly distributed numbers from 0 up to 1.")
randn = _sized("randn", "randn(*size) -> Tensor: normally distributed numbers, mean 0, variance 1.")

_randint_parser = _Parser(
    f"randint(int high, int[] size, {_WITH_GENERATOR})",
    "randint(int high, int[] size, *, OUT, OPTIONS)",
    f"randint(int low, int high, int[] size, {_WITH_GENERATOR})",
    "randint(int low, int high, int[] size, *, OUT, OPTIONS)",
)


def randint(*args: Any, **kwargs: Any) -> Any:
    """randint(low=0, high, size) -> Tensor: whole numbers from `low` up to but without `high`."""
    values = _randint_parser(args, kwargs)
    low, high = index(values.get("low", 0)), index(values["high"])
    if low >= high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    sizes = _sizes(values["size"])
    draw = engine_function("_randint")
    made = draw(low, high, len(sizes), *sizes, code_of(values["dtype"] or int64))
    return _finish(_C.tensor(made), values)


_randperm_parser = _Parser(
    f"randperm(int n, {_WITH_GENERATOR})", "randperm(int n, *, OUT, OPTIONS)"
)


def randperm(*args: Any, **kwargs: Any) -> Any:
    """randperm(n) -> Tensor: the numbers from 0 to n - 1 in random order."""
    values = _randperm_parser(args, kwargs)
    target = code_of(values["dtype"] or int64)
    made = engine_function("_randperm")(index(values["n"]), target)
    return _finish(_C.tensor(made), values)


def _drawn_like(name: str, source: Callable[..., Any]) -> Callable[..., Any]:
    parser = _Parser(f"{name}(Tensor input, *, LIKE)")

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        given = values["input"]
        return _finish(source(list(given.shape), dtype=values["dtype"] or given.dtype), values)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"{name}(input) -> Tensor: like `{source.__name__}`, in the shape of `input`."
    return make


rand_like = _drawn_like("rand_like", rand)
randn_like = _drawn_like("randn_like", randn)


def randint_like(input: Any, low: int, high: int | None = None, **options: Any) -> Any:
    """randint_like(input, low=0, high) -> Tensor: like `randint`, in the shape of `input`."""
    start, stop = (0, low) if high is None else (low, high)
    options.setdefault("dtype", input.dtype)
    return randint(start, stop, list(input.shape), **options)


def bernoulli(input: Any, p: float | None = None, *, generator: Any = None, out: Any = None) -> Any:
    """bernoulli(input) -> Tensor: 1 with the probability that `input` says, else 0."""
    from ._handles import TensorBase

    if not isinstance(input, TensorBase):
        raise TypeError(
            f"bernoulli(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}"
        )
    drawn = input.detach().clone()
    return drawn.bernoulli_(input.detach() if p is None else p)


_normal_parser = _Parser(
    "normal(Tensor mean, Tensor std, *, Generator? generator=None, OUT)",
    "normal(Tensor mean, float std=1, *, Generator? generator=None, OUT)",
    "normal(float mean, Tensor std, *, Generator? generator=None, OUT)",
    "normal(float mean, float std, int[] size, *, Generator? generator=None, OUT, OPTIONS)",
)


def normal(*args: Any, **kwargs: Any) -> Any:
    """normal(mean, std, size=None) -> Tensor: normally distributed numbers."""
    from ._handles import TensorBase

    values = _normal_parser(args, kwargs)
    mean, std = values["mean"], values["std"]
    if "size" in values:
        made = randn(_sizes(values["size"]), dtype=values["dtype"]) * std + mean
        return _finish(made, values)
    shaped = mean + std if isinstance(mean, TensorBase) else std
    return _finish(randn_like(shaped.detach()) * std + mean, values)


def multinomial(
    input: Any, num_samples: int, replacement: bool = False, *, generator: Any = None
) -> Any:
    """multinomial(input, num_samples) -> Tensor: indices drawn with the weights `input`."""
    return engine_call("_multinomial", input, num_samples, replacement)


def engine_call(name: str, tensor: Any, *slots: Any) -> Any:
    """An operation on one tensor that has no public form."""
    return _C.tensor(engine_function(name)(tensor._h, *slots))
