"""Recurrent layers: each step sees one element of a sequence, and what the last step passed on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from ... import _C
from ..._factories import empty, zeros
from ..._operation import function
from .. import functional as F
from .. import init
from ..parameter import Parameter
from .module import Module

# What one step makes of the input's part of the gates, the state, and the state's weights.
type Step = Callable[..., tuple[Any, ...]]


def _tanh_step(gates: Any, state: tuple[Any, ...], weights: list[Any]) -> tuple[Any, ...]:
    return ((F.linear(state[0], *weights) + gates).tanh(),)


def _relu_step(gates: Any, state: tuple[Any, ...], weights: list[Any]) -> tuple[Any, ...]:
    return ((F.linear(state[0], *weights) + gates).relu(),)


def _gru_step(gates: Any, state: tuple[Any, ...], weights: list[Any]) -> tuple[Any, ...]:
    of_input = gates.chunk(3, -1)
    of_state = F.linear(state[0], *weights).chunk(3, -1)
    reset = (of_state[0] + of_input[0]).sigmoid()
    update = (of_state[1] + of_input[1]).sigmoid()
    new = (of_input[2] + of_state[2] * reset).tanh()
    return ((state[0] - new) * update + new,)


def _lstm_step(gates: Any, state: tuple[Any, ...], weights: list[Any]) -> tuple[Any, ...]:
    hidden, cell = state
    weight, bias, *projection = weights if len(weights) > 1 else (*weights, None)
    entry, forget, new, out = (F.linear(hidden, weight, bias) + gates).chunk(4, -1)
    cell = forget.sigmoid() * cell + entry.sigmoid() * new.tanh()
    hidden = out.sigmoid() * cell.tanh()
    return F.linear(hidden, *projection) if projection else hidden, cell


# How many gates a mode has, and its step.
_MODES: dict[str, tuple[int, Step]] = {
    "RNN_TANH": (1, _tanh_step),
    "RNN_RELU": (1, _relu_step),
    "GRU": (3, _gru_step),
    "LSTM": (4, _lstm_step),
}


def _require_bool(name: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise TypeError(f"{name} should be of type bool, got: {type(value).__name__}")


def _refuse_projection(options: dict[str, Any]) -> None:
    if "proj_size" in options:
        raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")


def _require_size(name: str, value: Any) -> None:
    if not isinstance(value, int):
        raise TypeError(f"{name} should be of type int, got: {type(value).__name__}")
    if value <= 0:
        raise ValueError(f"{name} must be greater than zero")


class RNNBase(Module):
    """What all recurrent layers share."""

    def __init__(
        self,
        mode: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        number = isinstance(dropout, (int, float)) and not isinstance(dropout, bool)
        if not number or not 0 <= dropout <= 1:
            raise ValueError(
                "dropout should be a number in range [0, 1] representing the probability of an "
                "element being zeroed"
            )
        if dropout > 0 and num_layers == 1:
            _C.warn(
                "dropout option adds dropout after all but last recurrent layer, so non-zero "
                f"dropout expects num_layers greater than 1, but got dropout={dropout} and "
                f"num_layers={num_layers}"
            )
        _require_bool("bias", bias)
        _require_bool("batch_first", batch_first)
        _require_size("input_size", input_size)
        _require_size("hidden_size", hidden_size)
        if num_layers <= 0:
            raise ValueError("num_layers must be greater than zero")
        if proj_size < 0:
            raise ValueError(
                "proj_size should be a positive integer or zero to disable projections"
            )
        if proj_size >= hidden_size:
            raise ValueError("proj_size has to be smaller than hidden_size")
        if mode not in _MODES:
            raise ValueError("Unrecognized RNN mode: " + mode)
        self.mode = mode
        self.input_size, self.hidden_size = input_size, hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        made = {"device": device, "dtype": dtype}
        rows = _MODES[mode][0] * hidden_size
        for layer in range(num_layers):
            passed = proj_size or hidden_size
            columns = input_size if layer == 0 else passed * self._directions
            for suffix in self._suffixes(layer):
                self.register_parameter(
                    f"weight_ih_{suffix}", Parameter(empty((rows, columns), **made))
                )
                self.register_parameter(
                    f"weight_hh_{suffix}", Parameter(empty((rows, passed), **made))
                )
                for name in ("bias_ih_", "bias_hh_") if bias else ():
                    self.register_parameter(name + suffix, Parameter(empty(rows, **made)))
                if proj_size:
                    projection = Parameter(empty((proj_size, hidden_size), **made))
                    self.register_parameter(f"weight_hr_{suffix}", projection)
        self.reset_parameters()

    @property
    def _directions(self) -> int:
        return 2 if self.bidirectional else 1

    def _suffixes(self, layer: int) -> list[str]:
        return [f"l{layer}", f"l{layer}_reverse"][: self._directions]

    def reset_parameters(self) -> None:
        """Fill all weights with fresh random numbers."""
        bound = 1.0 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def flatten_parameters(self) -> None:
        """Nothing to do: that is for GPUs."""

    @property
    def all_weights(self) -> list[list[Any]]:
        """The weights of each layer and direction."""
        return [
            [*self._weights("ih", suffix), *self._weights("hh", suffix)]
            for layer in range(self.num_layers)
            for suffix in self._suffixes(layer)
        ]

    def _weights(self, kind: str, suffix: str) -> list[Any]:
        names = ("weight_", "bias_") if self.bias else ("weight_",)
        return [getattr(self, f"{name}{kind}_{suffix}") for name in names]

    def _state_weights(self, suffix: str) -> list[Any]:
        weights = self._weights("hh", suffix)
        if self.proj_size:
            bias = weights[1] if self.bias else None
            return [weights[0], bias, getattr(self, f"weight_hr_{suffix}")]
        return weights

    def _packed(self, sequence: Any, states: Any) -> tuple[Any, tuple[Any, ...]]:
        from . import _packed_rnn

        return _packed_rnn.run(self, sequence, states, _MODES[self.mode][1])

    def extra_repr(self) -> str:
        """The sizes, and what isn't as usual."""
        text = f"{self.input_size}, {self.hidden_size}"
        usual = {
            "proj_size": 0,
            "num_layers": 1,
            "bias": True,
            "batch_first": False,
            "dropout": 0,
            "bidirectional": False,
        }
        for name, value in usual.items():
            if getattr(self, name) != value:
                text += f", {name}={getattr(self, name)}"
        return text

    def _check_input(self, input: Any) -> None:
        dtype = self.weight_ih_l0.dtype
        if input.dtype is not dtype:
            raise ValueError(
                f"RNN input dtype ({input.dtype}) does not match weight dtype ({dtype}). Convert "
                f"input: input.to({dtype}), or convert model: model.to({input.dtype})"
            )
        if input.dim() != 3:
            raise RuntimeError(f"input must have 3 dimensions, got {input.dim()}")
        if input.size(-1) != self.input_size:
            raise RuntimeError(
                "input.size(-1) must be equal to input_size. "
                f"Expected {self.input_size}, got {input.size(-1)}"
            )

    def _check_state(self, state: Any, batch: int, what: str, projected: bool = True) -> None:
        size = (self.proj_size if projected else 0) or self.hidden_size
        expected = (self.num_layers * self._directions, batch, size)
        if state.size() != expected:
            raise RuntimeError(f"Expected {what} size {expected}, got {list(state.size())}")

    def _run(self, input: Any, states: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """All layers, on input of (time, batch, features); the states of all layers are stacked."""
        step = _MODES[self.mode][1]
        stack, cat = function("stack"), function("cat")
        last: list[tuple[Any, ...]] = []
        for layer in range(self.num_layers):
            outputs = []
            for direction, suffix in enumerate(self._suffixes(layer)):
                number = layer * self._directions + direction
                state = tuple(part[number] for part in states)
                gates = F.linear(input, *self._weights("ih", suffix)).unbind(0)
                weights = self._state_weights(suffix)
                steps = []
                for of_input in reversed(gates) if direction else gates:
                    state = step(of_input, state, weights)
                    steps.append(state[0])
                outputs.append(stack(steps[::-1] if direction else steps, 0))
                last.append(state)
            input = outputs[0] if len(outputs) == 1 else cat(outputs, -1)
            if self.dropout and self.training and layer < self.num_layers - 1:
                input = F.dropout(input, self.dropout)
        return input, tuple(stack(list(parts), 0) for parts in zip(*last))

    def _start(self, input: Any, what: str) -> tuple[Any, bool]:
        """The input with a batch, and whether it had one."""
        if input.dim() not in (2, 3):
            raise ValueError(what.format(input.dim()))
        batched = input.dim() == 3
        return input if batched else input.unsqueeze(0 if self.batch_first else 1), batched

    def _finish(
        self, input: Any, states: tuple[Any, ...], batched: bool
    ) -> tuple[Any, tuple[Any, ...]]:
        steps = input.transpose(0, 1) if self.batch_first else input
        output, states = self._run(steps, states)
        if self.batch_first:
            output = output.transpose(0, 1)
        if batched:
            return output, states
        place = 0 if self.batch_first else 1
        return output.squeeze(place), tuple(state.squeeze(1) for state in states)


class _Simple(RNNBase):
    """A recurrent layer whose state is one tensor."""

    def forward(self, input: Any, hx: Any = None) -> tuple[Any, Any]:
        """The outputs of all steps, and the last state of each layer."""
        if hasattr(input, "batch_sizes"):
            output, (state,) = self._packed(input, hx)
            return output, state
        name = type(self).__name__
        input, batched = self._start(
            input, name + ": Expected input to be 2D or 3D, got {}D" + self._ending
        )
        batch = input.size(0 if self.batch_first else 1)
        if hx is None:
            count = self.num_layers * self._directions
            hx = zeros(count, batch, self.hidden_size, dtype=input.dtype)
        elif batched and hx.dim() != 3:
            raise RuntimeError(
                f"For batched 3-D input, hx should also be 3-D but got {hx.dim()}-D tensor"
            )
        elif not batched:
            if hx.dim() != 2:
                raise RuntimeError(
                    f"For unbatched 2-D input, hx should also be 2-D but got {hx.dim()}-D tensor"
                )
            hx = hx.unsqueeze(1)
        self._check_input(input)
        self._check_state(hx, batch, "hidden")
        output, (state,) = self._finish(input, (hx,), batched)
        return output, state

    _ending = " instead"


class RNN(_Simple):
    """h' = tanh(W x + b + U h + c), or relu in the place of tanh."""

    _ending = " tensor instead"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _refuse_projection(kwargs)
        if len(args) > 3:
            kind, args = args[3], (*args[:3], *args[4:])
        else:
            kind = kwargs.pop("nonlinearity", "tanh")
        if kind not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{kind}'. Select from 'tanh' or 'relu'.")
        super().__init__(f"RNN_{kind.upper()}", *args, **kwargs)
        self.nonlinearity = kind


class GRU(_Simple):
    """A state that is kept or renewed as gates say (Cho and others, 2014)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _refuse_projection(kwargs)
        super().__init__("GRU", *args, **kwargs)


class LSTM(RNNBase):
    """A cell that is written, kept and read as gates say (Hochreiter and Schmidhuber, 1997)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("LSTM", *args, **kwargs)

    def forward(self, input: Any, hx: Any = None) -> tuple[Any, tuple[Any, ...]]:
        """The outputs of all steps, and the last hidden and cell states of each layer."""
        if hasattr(input, "batch_sizes"):
            return self._packed(input, hx)
        input, batched = self._start(input, "LSTM: Expected input to be 2D or 3D, got {}D instead")
        batch = input.size(0 if self.batch_first else 1)
        if hx is None:
            count = self.num_layers * self._directions
            sizes = (self.proj_size or self.hidden_size, self.hidden_size)
            hx = tuple(zeros((count, batch, size), dtype=input.dtype) for size in sizes)
        else:
            hidden, cell = hx[0], hx[1]
            kind, wanted = ("batched 3", 3) if batched else ("unbatched 2", 2)
            if hidden.dim() != wanted or cell.dim() != wanted:
                raise RuntimeError(
                    f"For {kind}-D input, hx and cx should also be {wanted}-D but got "
                    f"({hidden.dim()}-D, {cell.dim()}-D) tensors"
                )
            hx = (hidden, cell) if batched else (hidden.unsqueeze(1), cell.unsqueeze(1))
        self._check_input(input)
        for number, state in enumerate(hx):
            self._check_state(state, batch, f"hidden[{number}]", projected=number == 0)
        return self._finish(input, hx, batched)


class RNNCellBase(Module):
    """One step of a recurrent layer."""

    _mode: str

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        rows = _MODES[self._mode][0] * hidden_size
        made = {"device": device, "dtype": dtype}
        self.weight_ih = Parameter(empty((rows, input_size), **made))
        self.weight_hh = Parameter(empty((rows, hidden_size), **made))
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, Parameter(empty(rows, **made)) if bias else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Fill all weights with fresh random numbers."""
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def extra_repr(self) -> str:
        """The sizes, and what isn't as usual."""
        text = f"{self.input_size}, {self.hidden_size}"
        return text if self.bias is True else f"{text}, bias={self.bias}"

    def _check(self, tensors: Iterable[tuple[str, Any]]) -> None:
        for name, tensor in tensors:
            if tensor.dim() not in (1, 2):
                raise ValueError(
                    f"{type(self).__name__}: Expected {name} to be 1D or 2D, "
                    f"got {tensor.dim()}D instead"
                )

    def _step(self, mode: str, input: Any, states: Any) -> tuple[Any, ...]:
        batched = input.dim() == 2
        input = input if batched else input.unsqueeze(0)
        if states is None:
            start = zeros(input.size(0), self.hidden_size, dtype=input.dtype)
            states = (start, start)
        elif not batched:
            states = tuple(state.unsqueeze(0) for state in states)
        gates = F.linear(input, self.weight_ih, self.bias_ih)
        states = _MODES[mode][1](gates, states, [self.weight_hh, self.bias_hh])
        return states if batched else tuple(state.squeeze(0) for state in states)


class RNNCell(RNNCellBase):
    """One step of `RNN`."""

    _mode = "RNN_TANH"

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input: Any, hx: Any = None) -> Any:
        """The new state."""
        self._check([("input", input), *([] if hx is None else [("hidden", hx)])])
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        states = None if hx is None else (hx,)
        return self._step(f"RNN_{self.nonlinearity.upper()}", input, states)[0]

    def extra_repr(self) -> str:
        """The sizes, and what isn't as usual."""
        text = super().extra_repr()
        other = self.nonlinearity != "tanh"
        return f"{text}, nonlinearity={self.nonlinearity}" if other else text


class GRUCell(RNNCellBase):
    """One step of `GRU`."""

    _mode = "GRU"

    def forward(self, input: Any, hx: Any = None) -> Any:
        """The new state."""
        self._check([("input", input), *([] if hx is None else [("hidden", hx)])])
        return self._step("GRU", input, None if hx is None else (hx,))[0]


class LSTMCell(RNNCellBase):
    """One step of `LSTM`."""

    _mode = "LSTM"

    def forward(self, input: Any, hx: Any = None) -> tuple[Any, ...]:
        """The new hidden and cell states."""
        states = [] if hx is None else [(f"hx[{at}]", state) for at, state in enumerate(hx)]
        self._check([("input", input), *states])
        return self._step("LSTM", input, hx)
