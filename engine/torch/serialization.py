"""`torch.save` and `torch.load`: tensors, and what holds them, in files or buffers."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from ._storage import Saving

_DOCS = (
    "Check the documentation of torch.load to learn more about types accepted by default with "
    "weights_only https://pytorch.org/docs/stable/generated/torch.load.html."
)
_UNSAFE = (
    "In PyTorch 2.6, we changed the default value of the `weights_only` argument in `torch.load` "
    "from `False` to `True`. Re-running `torch.load` with `weights_only` set to `False` will likely "
    "succeed, but it can result in arbitrary code execution. Do it only if you got the file from a "
    "trusted source."
)
_NOT_ALLOWED = (
    "Weights only load failed. This file can still be loaded, to do so you have two options, "
    "\033[1mdo those steps only if you trust the source of the checkpoint\033[0m. "
    "\n\t(1) {unsafe}\n\t(2) Alternatively, to load with `weights_only=True` please check the "
    "recommended steps in the following error message.\n\tWeightsUnpickler error: Unsupported "
    "global: GLOBAL {name} was not an allowed global by default. Please use "
    "`torch.serialization.add_safe_globals([{name}])` or the "
    "`torch.serialization.safe_globals([{name}])` context manager to allowlist this global if you "
    "trust this class/function.\n\n{docs}"
)

_safe: dict[str, Any] = {}


def _name(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}"


def add_safe_globals(safe_globals: list[Any]) -> None:
    """Allow these classes and functions in what `torch.load` loads."""
    _safe.update((_name(value), value) for value in safe_globals)


def get_safe_globals() -> list[Any]:
    """The classes and functions that were allowed."""
    return list(_safe.values())


def clear_safe_globals() -> None:
    """Forget what was allowed."""
    _safe.clear()


@contextlib.contextmanager
def safe_globals(safe_globals: list[Any]) -> Iterator[None]:
    """Allow classes and functions for a while."""
    before = dict(_safe)
    add_safe_globals(safe_globals)
    try:
        yield
    finally:
        _safe.clear()
        _safe.update(before)


def save(
    obj: Any,
    f: Any,
    pickle_module: Any = pickle,
    pickle_protocol: int = 2,
    _use_new_zipfile_serialization: bool = True,
    _disable_byteorder_record: bool = False,
) -> None:
    """Write an object to a file, given by its name, or to a buffer such as `io.BytesIO`."""
    if isinstance(f, (str, os.PathLike)):
        with open(f, "wb") as file:
            save(obj, file, pickle_module, pickle_protocol)
        return
    if not hasattr(f, "write"):
        raise AttributeError(
            "expected 'f' to be string, path, or a file-like object with a 'write' attribute"
        )
    Saving.shares = True
    try:
        # Protocols before the fourth make text of bytes.
        f.write(pickle_module.dumps(obj, protocol=max(pickle_protocol, 4)))
    finally:
        Saving.shares = False


def load(
    f: Any,
    map_location: Any = None,
    pickle_module: Any = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
    **pickle_load_args: Any,
) -> Any:
    """Read an object that `torch.save` wrote.

    Unless `weights_only=False`, tensors and plain containers of them are loaded and nothing else:
    a file from a stranger could otherwise run code. Raises `pickle.UnpicklingError` there.
    """
    if isinstance(f, (str, os.PathLike)):
        with open(f, "rb") as file:
            return load(
                io.BytesIO(file.read()), map_location, pickle_module, weights_only=weights_only
            )
    for needed in ("seek", "read"):
        if not hasattr(f, needed):
            raise AttributeError(
                f"'{type(f).__name__}' object has no attribute '{needed}'. You can only torch.load "
                "from a file that is seekable. Please pre-load the data into a buffer like "
                "io.BytesIO and try to load from it instead."
            )
    if weights_only is False:
        return (pickle_module or pickle).load(f)
    if pickle_module is not None and weights_only:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    start = f.read(1)
    if not start:
        raise EOFError
    f.seek(-1, os.SEEK_CUR)
    return _WeightsUnpickler(f).load()


class _WeightsUnpickler(pickle.Unpickler):
    """Loads tensors, numbers, texts and containers; refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        """What a name in the file stands for. Raises UnpicklingError unless it is allowed."""
        full = f"{module}.{name}"
        if full in _safe:
            return _safe[full]
        if full in _ALLOWED:
            return _ALLOWED[full]()
        raise pickle.UnpicklingError(_NOT_ALLOWED.format(name=full, unsafe=_UNSAFE, docs=_DOCS))


def _allowed() -> dict[str, Callable[[], Any]]:
    from . import _conversion, _dtype, _size, _storage
    from .nn import parameter

    values = (
        OrderedDict,
        Counter,
        _size.Size,
        _dtype.device,
        _storage._rebuild_tensor_v2,
        _storage.rebuild_storage,
        _conversion.rebuild_with_attributes,
        parameter._rebuild_parameter,
        parameter.Parameter,
    )
    named: dict[str, Callable[[], Any]] = {_name(v): (lambda v=v: v) for v in values}
    named["builtins.set"] = named["__builtin__.set"] = lambda: set
    named["builtins.complex"] = lambda: complex
    for kind in (*_dtype.by_code.values(), *_dtype.absent_dtypes.values()):
        named[f"torch.{kind._name}"] = lambda kind=kind: kind
    return named


_ALLOWED = _allowed()
