"""`torch.save` and `torch.load`; what does the work is imported when it is first needed."""

from __future__ import annotations

from typing import Any


def save(obj: Any, f: Any, *args: Any, **kwargs: Any) -> None:
    """Write an object to a file, given by its name, or to a buffer such as `io.BytesIO`."""
    from .serialization import save

    save(obj, f, *args, **kwargs)


def load(f: Any, *args: Any, **kwargs: Any) -> Any:
    """Read an object that `torch.save` wrote.

    Unless `weights_only=False`, tensors and plain containers of them are loaded and nothing else:
    a file from a stranger could otherwise run code. Raises `pickle.UnpicklingError` there.
    """
    from .serialization import load

    return load(f, *args, **kwargs)
