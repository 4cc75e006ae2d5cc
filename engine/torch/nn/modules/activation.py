"""Activations as modules: each calls its function of `torch.nn.functional`."""

from __future__ import annotations

from typing import Any

from ..._factories import full
from .. import functional as F
from ..parameter import Parameter
from .module import Module


class _Signature:
    """What `inspect.signature` shows of a class, made when somebody asks."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self.defaults = defaults

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        from inspect import Parameter, Signature

        kind = Parameter.POSITIONAL_OR_KEYWORD
        shown = self.defaults.items()
        return Signature([Parameter(name, kind, default=default) for name, default in shown])


def _activation(name: str, call: Any, doc: str, **defaults: Any) -> type[Module]:
    """A module class with `defaults` as its arguments, handed on to `call`."""
    names = list(defaults)

    def __init__(self: Module, *args: Any, **kwargs: Any) -> None:
        Module.__init__(self)
        if len(args) > len(names):
            raise TypeError(
                f"{name}.__init__() takes from 1 to {len(names) + 1} positional arguments "
                f"but {len(args) + 1} were given"
            )
        given = {**defaults, **dict(zip(names, args))}
        for key, value in kwargs.items():
            if key not in defaults:
                raise TypeError(f"{name}.__init__() got an unexpected keyword argument '{key}'")
            given[key] = value
        for key, value in given.items():
            setattr(self, key, value)

    def forward(self: Module, input: Any) -> Any:
        return call(input, **{key: getattr(self, key) for key in names})

    def extra_repr(self: Module) -> str:
        shown = [
            f"{key}={getattr(self, key)!r}" for key in names if key != "inplace" or self.inplace
        ]
        return ", ".join(shown)

    return type(
        name,
        (Module,),
        {
            "__signature__": _Signature(defaults),
            "__init__": __init__,
            "forward": forward,
            "extra_repr": extra_repr,
            "__doc__": doc,
            "__module__": __name__,
        },
    )


ReLU = _activation("ReLU", F.relu, "max(0, x).", inplace=False)
LeakyReLU = _activation(
    "LeakyReLU",
    F.leaky_relu,
    "max(0, x), with a small slope below 0.",
    negative_slope=0.01,
    inplace=False,
)
ELU = _activation("ELU", F.elu, "x above 0, alpha·(eˣ − 1) below.", alpha=1.0, inplace=False)
SELU = _activation("SELU", F.selu, "ELU with normalising constants.", inplace=False)
CELU = _activation("CELU", F.celu, "ELU with a smooth derivative.", alpha=1.0, inplace=False)
GELU = _activation("GELU", F.gelu, "x·Φ(x).", approximate="none")
SiLU = _activation("SiLU", F.silu, "x·sigmoid(x).", inplace=False)
Mish = _activation("Mish", F.mish, "x·tanh(softplus(x)).", inplace=False)
Hardtanh = _activation(
    "Hardtanh", F.hardtanh, "x cut off at both ends.", min_val=-1.0, max_val=1.0, inplace=False
)
ReLU6 = _activation("ReLU6", F.relu6, "x cut off at 0 and 6.", inplace=False)
Hardsigmoid = _activation("Hardsigmoid", F.hardsigmoid, "A sigmoid of lines.", inplace=False)
Hardswish = _activation("Hardswish", F.hardswish, "x·hardsigmoid(x).", inplace=False)
Softplus = _activation("Softplus", F.softplus, "A smooth relu.", beta=1.0, threshold=20.0)
Softsign = _activation("Softsign", F.softsign, "x / (1 + |x|).")
Tanhshrink = _activation("Tanhshrink", F.tanhshrink, "x − tanh(x).")
Sigmoid = _activation("Sigmoid", F.sigmoid, "1 / (1 + e⁻ˣ).")
LogSigmoid = _activation("LogSigmoid", F.logsigmoid, "The logarithm of sigmoid(x).")
Tanh = _activation("Tanh", F.tanh, "The hyperbolic tangent.")
Softmax = _activation("Softmax", F.softmax, "Exponentials that sum to 1.", dim=None)
LogSoftmax = _activation("LogSoftmax", F.log_softmax, "The logarithm of softmax.", dim=None)
Softmin = _activation("Softmin", F.softmin, "Softmax of −x.", dim=None)
GLU = _activation("GLU", F.glu, "One half times the sigmoid of the other.", dim=-1)


def _shrink(name: str, call: Any, doc: str) -> type[Module]:
    """A shrinkage: its one argument is shown without its name."""
    made = _activation(name, call, doc, lambd=0.5)
    made.extra_repr = lambda self: str(self.lambd)  # type: ignore[method-assign]
    return made


Hardshrink = _shrink("Hardshrink", F.hardshrink, "x, with 0 from −lambd to lambd.")
Softshrink = _shrink("Softshrink", F.softshrink, "x moved towards 0 by lambd.")


class Threshold(Module):
    """x above `threshold`, `value` below."""

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input: Any) -> Any:
        """The activation."""
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """The arguments."""
        ending = ", inplace=True" if self.inplace else ""
        return f"threshold={self.threshold}, value={self.value}{ending}"


class RReLU(Module):
    """LeakyReLU with a random slope while training."""

    def __init__(
        self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False
    ) -> None:
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input: Any) -> Any:
        """The activation."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """The bounds."""
        ending = ", inplace=True" if self.inplace else ""
        return f"lower={self.lower}, upper={self.upper}{ending}"


class Softmax2d(Module):
    """Softmax over the channels of pictures."""

    def forward(self, input: Any) -> Any:
        """The activation."""
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead")
        return F.softmax(input, -3)


class PReLU(Module):
    """max(0, x), with a slope below 0 that is learned."""

    def __init__(
        self, num_parameters: int = 1, init: float = 0.25, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(
            full((num_parameters,), init, device=device, dtype=dtype)
        )

    def forward(self, input: Any) -> Any:
        """The activation."""
        return F.prelu(input, self.weight)

    def extra_repr(self) -> str:
        """How many slopes."""
        return f"num_parameters={self.num_parameters}"


def __getattr__(name: str) -> object:
    # Where PyTorch has it, and where pickle looks for it.
    if name == "MultiheadAttention":
        from . import _multihead_attention

        return _multihead_attention.MultiheadAttention
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
