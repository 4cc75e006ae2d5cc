"""Random numbers: the same ones as PyTorch draws on a CPU for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import index
from typing import Any

from . import _C
from ._dtype import code_of, default_dtype, int64
from ._factories import Parser, empty, empty_like, finish, sizes_of
from ._generator import Generator, default_generator
from ._grad_mode import no_grad
from ._handles import TensorBase
from ._operation import engine_function, method
from ._parameter import number

_WITH_GENERATOR = "*, Generator? generator, OUT, OPTIONS"


def manual_seed(seed: Any) -> Generator:
    """Start the random numbers from `seed`: the same seed gives the same numbers again."""
    seed = int(seed)
    if not -0x8000_0000_0000_0000 <= seed <= 0xFFFF_FFFF_FFFF_FFFF:
        raise ValueError("Overflow when unpacking long long")
    return default_generator.manual_seed(seed)


def seed() -> int:
    """Start from a seed that nobody can foresee, and give it."""
    return default_generator.seed()


def initial_seed() -> int:
    """The seed that the random numbers were started from."""
    return default_generator.initial_seed()


def get_rng_state() -> Any:
    """The state of the random numbers, for `set_rng_state`."""
    return default_generator.get_state()


def set_rng_state(new_state: Any) -> None:
    """Go on from a state that `get_rng_state` gave."""
    default_generator.set_state(new_state)


@contextmanager
def fork_rng(
    devices: Any = None,
    enabled: bool = True,
    _caller: str = "fork_rng",
    _devices_kw: str = "devices",
    device_type: str = "cuda",
) -> Iterator[None]:
    """Draw as you like inside: afterwards the random numbers go on as if nothing had been drawn."""
    if not enabled:
        yield
        return
    state = get_rng_state()
    try:
        yield
    finally:
        set_rng_state(state)


def _stream(values: dict[str, Any]) -> int:
    """The number of the generator that a call names."""
    generator = values.get("generator")
    return 0 if generator is None else generator._number


def _sized(name: str, doc: str) -> Callable[..., Any]:
    parser = Parser(
        f"{name}(int[] size, {_WITH_GENERATOR})", f"{name}(int[] size, *, OUT, OPTIONS)"
    )

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        sizes = sizes_of(values["size"])
        target = code_of(values["dtype"] or default_dtype())
        draw = engine_function("_" + name)
        return finish(_C.tensor(draw(len(sizes), *sizes, target, _stream(values))), values)

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
    low, high = number(index(values.get("low", 0))), number(index(values["high"]))
    sizes = sizes_of(values["size"])
    draw = engine_function("_randint")
    target = code_of(values["dtype"] or int64)
    made = draw(low, high, len(sizes), *sizes, target, _stream(values))
    return finish(_C.tensor(made), values)


_randperm_parser = Parser(f"randperm(int n, {_WITH_GENERATOR})", "randperm(int n, *, OUT, OPTIONS)")


def randperm(*args: Any, **kwargs: Any) -> Any:
    """randperm(n) -> Tensor: the numbers from 0 to n - 1 in random order."""
    values = _randperm_parser(args, kwargs)
    drawn = _C.tensor(engine_function("_randperm")(index(values["n"]), _stream(values)))
    return finish(drawn._to_dtype(values["dtype"]), values)


def _drawn_like(
    name: str, source: Callable[..., Any], fill: Callable[..., Any]
) -> Callable[..., Any]:
    parser = Parser(
        f"{name}(Tensor input, *, Generator? generator, LIKE)", f"{name}(Tensor input, *, LIKE)"
    )

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        given = values["input"]
        target, stream = values["dtype"] or given.dtype, values.get("generator")
        if given.is_contiguous():
            return finish(source(list(given.shape), dtype=target, generator=stream), values)
        # The numbers come in the order of memory, which stays as it is.
        return finish(fill(empty_like(given, dtype=target), generator=stream), values)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"{name}(input) -> Tensor: like `{source.__name__}`, in the shape of `input`."
    return make


rand_like = _drawn_like("rand_like", rand, method("uniform_"))
randn_like = _drawn_like("randn_like", randn, method("normal_"))


def randint_like(input: Any, low: int, high: int | None = None, **options: Any) -> Any:
    """randint_like(input, low=0, high) -> Tensor: like `randint`, in the shape of `input`."""
    start, stop = (0, low) if high is None else (low, high)
    options.setdefault("dtype", input.dtype)
    return randint(start, stop, list(input.shape), **options)


_normal_parser = Parser(
    "normal(Tensor mean, Tensor std, *, Generator? generator=None, OUT)",
    "normal(Tensor mean, float std=1, *, Generator? generator=None, OUT)",
    "normal(float mean, Tensor std, *, Generator? generator=None, OUT)",
    "normal(float mean, float std, int[] size, *, Generator? generator=None, OUT, OPTIONS)",
)


def normal(*args: Any, **kwargs: Any) -> Any:
    """normal(mean, std, size=None) -> Tensor: normally distributed numbers."""
    values = _normal_parser(args, kwargs)
    mean, std, generator = values["mean"], values["std"], values["generator"]
    if "size" in values:
        size = sizes_of(values["size"])
        if _C.engine.level_kind() == "vmap":
            return finish(randn(size, generator=generator).mul(std).add(mean), values)
        made = empty(size, dtype=values["dtype"])
        return finish(made.normal_(mean, std, generator=generator), values)
    if isinstance(std, TensorBase):
        if std.numel() and std.min().item() < 0:
            raise RuntimeError("normal expects all elements of std >= 0.0")
    elif std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    with no_grad():
        shaped = mean + std if isinstance(mean, TensorBase) else std
        drawn = empty_like(shaped)
        if isinstance(std, TensorBase):
            drawn.normal_(generator=generator).mul_(std).add_(mean)
        else:
            drawn.normal_(0, std, generator=generator).add_(mean)
    return finish(drawn, values)
