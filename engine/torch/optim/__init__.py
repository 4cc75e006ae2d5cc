"""`torch.optim`: optimizers and learning rate schedules."""

from __future__ import annotations

from .._names import NotInDxdx
from . import lr_scheduler
from .adadelta import Adadelta
from .adagrad import Adagrad
from .adam import Adam
from .adamax import Adamax
from .adamw import AdamW
from .asgd import ASGD
from .lbfgs import LBFGS
from .nadam import NAdam
from .optimizer import Optimizer
from .radam import RAdam
from .rmsprop import RMSprop
from .rprop import Rprop
from .sgd import SGD



def __getattr__(name: str) -> object:
    if name in ("SparseAdam", "Adafactor", "Muon", "swa_utils"):
        raise NotInDxdx(f"dxdx doesn't have torch.optim.{name} yet.")
    raise AttributeError(f"module 'torch.optim' has no attribute '{name}'")
