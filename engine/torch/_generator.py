"""`torch.Generator`: streams of random numbers, and the one that is used unless another is given."""

from __future__ import annotations

import os
from typing import Any

from . import _C
from ._dtype import cpu, uint8
from ._handles import TensorBase

engine = _C.engine


class Generator:
    """A stream of random numbers: the same seed gives the same numbers again."""

    __module__ = "torch._C"

    def __init__(self, device: Any = "cpu") -> None:
        from ._dtype import check_device

        check_device(device)
        self._number: int = engine.new_generator()

    def __del__(self) -> None:
        if getattr(self, "_number", 0):
            engine.free_generator(self._number)

    @property
    def device(self) -> Any:
        """Where the numbers are drawn: always the CPU here."""
        return cpu

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again from `seed`."""
        engine.manual_seed(self._number, str(_seed64(seed)))
        return self

    def initial_seed(self) -> int:
        """The seed it was started from."""
        return int(engine.initial_seed(self._number))

    def seed(self) -> int:
        """Start from a seed that nobody can foresee, and give it."""
        value = int.from_bytes(os.urandom(8), "little") >> 11
        self.manual_seed(value)
        return value

    def get_state(self) -> Any:
        """All that decides about the numbers to come, as a tensor of bytes."""
        return _C.tensor(engine.rng_state(self._number))

    def set_state(self, new_state: Any) -> None:
        """Go on from a state that `get_state` gave."""
        if not isinstance(new_state, TensorBase):
            raise TypeError(f"expected a torch.ByteTensor, but got {type(new_state).__name__}")
        if new_state.dtype is not uint8:
            raise TypeError("RNG state must be a torch.ByteTensor")
        _C.check(engine.set_rng_state(self._number, new_state._h))

    def clone_state(self) -> Generator:
        """A stream of its own that gives the same numbers from here on."""
        cloned = Generator()
        cloned.set_state(self.get_state())
        return cloned

    def __reduce__(self) -> Any:
        return _restored, (self.initial_seed(), self.get_state())


def _restored(seed: int, state: Any) -> Generator:
    made = Generator().manual_seed(seed)
    made.set_state(state)
    return made


def draw_seed(generator: Generator | None) -> int:
    """A seed drawn from a generator: what `torch.empty((), dtype=torch.int64).random_()` holds."""
    return int(engine.random_seed(0 if generator is None else generator._number))


def _seed64(seed: Any) -> int:
    """The 64 bits of a seed; negative ones count down from 2**64."""
    if not -0x8000_0000_0000_0000 <= seed <= 0xFFFF_FFFF_FFFF_FFFF:
        raise ValueError("Overflow when unpacking long long")
    return seed % 2**64


def _default() -> Generator:
    made = object.__new__(Generator)
    made._number = 0
    return made


default_generator = _default()
