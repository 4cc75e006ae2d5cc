"""Random numbers: the same ones as PyTorch draws on a CPU for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from typing import Any

from . import _C
from ._dtype import code_of, default_dtype, int64
from ._factories import Parser, finish, sizes_of, tensor
from ._handles import TensorBase
from ._operation import engine_function, function

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
        raise ValueError("Overflow when unpacking long long")
    engine.manual_seed(str(seed % 2**64))
    return default_generator


def initial_seed() -> int:
    """The seed that the random numbers were started from."""
    return int(engine.initial_seed())


def seed() -> int:
    """Start from a seed that nobody can foresee, and give it."""
    import os

    value = int.from_bytes(os.urandom(8), "little") >> 1
    manual_seed(value)
    return value


def get_rng_state() -> Any:
    """The state of the random numbers, for `set_rng_state`."""
    state = tensor([0])
    state._rng_state = tuple(engine.rng_state().to_py())
    return state


def set_rng_state(new_state: Any) -> None:
    """Go on from a state that `get_rng_state` gave."""
    engine.set_rng_state(*new_state._rng_state)


def _sized(name: str, doc: str) -> Callable[..., Any]:
    parser = Parser(
        f"{name}(int[] size, {_WITH_GENERATOR})", f"{name}(int[] size, *, OUT, OPTIONS)"
    )

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        sizes = sizes_of(values["size"])
        target = code_of(values["dtype"] or default_dtype())
        draw = engine_function("_" + name)
        return finish(_C.tensor(draw(len(sizes), *sizes, target)), values)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = doc
    return make


rand = _sized("rand", "rand(*size) -> Tensor: evenly distributed numbers from 0 up to 1.")
randn = _sized("randn", "randn(*size) -> Tensor: normally distributed numbers, mean 0, variance 1.")

_randint_parser = Parser(
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
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    sizes = sizes_of(values["size"])
    draw = engine_function("_randint")
    made = draw(low, high, len(sizes), *sizes, code_of(values["dtype"] or int64))
    return finish(_C.tensor(made), values)


_randperm_parser = Parser(f"randperm(int n, {_WITH_GENERATOR})", "randperm(int n, *, OUT, OPTIONS)")


def randperm(*args: Any, **kwargs: Any) -> Any:
    """randperm(n) -> Tensor: the numbers from 0 to n - 1 in random order."""
    values = _randperm_parser(args, kwargs)
    drawn = _C.tensor(engine_function("_randperm")(index(values["n"])))
    return finish(drawn._to_dtype(values["dtype"]), values)


def _drawn_like(name: str, source: Callable[..., Any]) -> Callable[..., Any]:
    parser = Parser(f"{name}(Tensor input, *, LIKE)")

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        given = values["input"]
        return finish(source(list(given.shape), dtype=values["dtype"] or given.dtype), values)

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


_bernoulli = function("bernoulli")
_bernoulli_parser = Parser(
    "bernoulli(Tensor input, *, Generator? generator=None, OUT)",
    "bernoulli(Tensor input, float p, *, Generator? generator=None)",
)


def bernoulli(*args: Any, **kwargs: Any) -> Any:
    """bernoulli(input) -> Tensor: 1 with the probability that `input` says, else 0."""
    values = _bernoulli_parser(args, kwargs)
    if "p" in values:
        return values["input"].detach().clone().bernoulli_(float(values["p"]))
    return finish(_bernoulli(values["input"]), values)


_normal_parser = Parser(
    "normal(Tensor mean, Tensor std, *, Generator? generator=None, OUT)",
    "normal(Tensor mean, float std=1, *, Generator? generator=None, OUT)",
    "normal(float mean, Tensor std, *, Generator? generator=None, OUT)",
    "normal(float mean, float std, int[] size, *, Generator? generator=None, OUT, OPTIONS)",
)


def normal(*args: Any, **kwargs: Any) -> Any:
    """normal(mean, std, size=None) -> Tensor: normally distributed numbers."""
    values = _normal_parser(args, kwargs)
    mean, std = values["mean"], values["std"]
    if "size" in values:
        made = randn(sizes_of(values["size"]), dtype=values["dtype"]) * std + mean
        return finish(made, values)
    shaped = mean + std if isinstance(mean, TensorBase) else std
    return finish(randn_like(shaped.detach()) * std + mean, values)


_multinomial_parser = Parser(
    "multinomial(Tensor input, int num_samples, bool replacement=False, *, "
    "Generator? generator=None, OUT)"
)


def multinomial(*args: Any, **kwargs: Any) -> Any:
    """multinomial(input, num_samples, replacement=False) -> Tensor

    Indices drawn with the weights `input`.
    """
    values = _multinomial_parser(args, kwargs)
    draw = engine_function("_multinomial")
    drawn = draw(values["input"]._h, index(values["num_samples"]), values["replacement"])
    return finish(_C.tensor(drawn), values)
