"""`torch.optim`: optimizers and learning rate schedules."""

from __future__ import annotations

from importlib import import_module

from .. import _names
from . import lr_scheduler
from .adam import Adam
from .adamw import AdamW
from .optimizer import Optimizer
from .rmsprop import RMSprop
from .sgd import SGD

# Rarer ones are imported when they are first asked for.
_LATE = {
    name: name.lower() for name in "Adadelta Adafactor Adagrad Adamax ASGD LBFGS NAdam RAdam Rprop".split()
}
_missing = _names.module_getattr(
    "torch.optim", frozenset("SparseAdam Muon".split()), "swa_utils"
)


def __getattr__(name: str) -> object:
    if name in _LATE:
        return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
    return _missing(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})
