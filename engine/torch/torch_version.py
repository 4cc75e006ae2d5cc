"""`torch.__version__` knows which version is older."""

from __future__ import annotations

import re
from typing import Any


def _parts(version: Any) -> tuple[int, ...]:
    if isinstance(version, str):
        version = re.findall(r"\d+", version.partition("+")[0])
    return tuple(int(part) for part in version)


class TorchVersion(str):
    """A version as text that is compared, with text or a tuple, as versions are."""

    def _key(self, other: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        own, given = _parts(self), _parts(other)
        longest = max(len(own), len(given))
        pad = (0,) * longest
        return (own + pad)[:longest], (given + pad)[:longest]

    def __lt__(self, other: Any) -> bool:
        own, given = self._key(other)
        return own < given

    def __le__(self, other: Any) -> bool:
        own, given = self._key(other)
        return own <= given or self == other

    def __gt__(self, other: Any) -> bool:
        own, given = self._key(other)
        return own > given or (own == given and "+" in self and "+" not in str(other))

    def __ge__(self, other: Any) -> bool:
        own, given = self._key(other)
        return own >= given
