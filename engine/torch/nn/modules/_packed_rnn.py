"""Recurrent layers on packed sequences: the batch shrinks where sequences end."""

from __future__ import annotations

from typing import Any

from ..._factories import zeros
from ..._operation import function
from .. import functional as F
from ..utils._packing import PackedSequence

_cat, _stack = function("cat"), function("stack")

type State = tuple[Any, ...]


def _start(layer: Any, sequence: Any, states: Any) -> State:
    """The states to begin with, in the order of the packed sequences."""
    batch = int(sequence.batch_sizes[0])
    count = layer.num_layers * layer._directions
    widths = [layer.proj_size or layer.hidden_size]
    if layer.mode == "LSTM":
        widths.append(layer.hidden_size)
    if states is None:
        return tuple(zeros((count, batch, width), dtype=sequence.data.dtype) for width in widths)
    given = states if isinstance(states, tuple) else (states,)
    if sequence.sorted_indices is not None:
        given = tuple(state.index_select(1, sequence.sorted_indices) for state in given)
    for number, state in enumerate(given):
        what = f"hidden[{number}]" if layer.mode == "LSTM" else "hidden"
        layer._check_state(state, batch, what, projected=number == 0)
    return given


def _forwards(step: Any, gates: list[Any], first: State, weights: Any) -> tuple[list[Any], State]:
    """The outputs, and the state of each sequence where it ends."""
    state, outputs, ended = first, [], []
    for of_input in gates:
        size = of_input.size(0)
        if size < state[0].size(0):
            ended.append(tuple(part[size:] for part in state))
            state = tuple(part[:size] for part in state)
        state = step(of_input, state, weights)
        outputs.append(state[0])
    ended.append(state)
    return outputs, tuple(_cat(list(parts), 0) for parts in zip(*reversed(ended)))


def _backwards(step: Any, gates: list[Any], first: State, weights: Any) -> tuple[list[Any], State]:
    """The same from the end: sequences join in where they end."""
    state = tuple(part[: gates[-1].size(0)] for part in first)
    outputs = []
    for of_input in reversed(gates):
        known, size = state[0].size(0), of_input.size(0)
        if size > known:
            both = zip(state, first)
            state = tuple(_cat([part, start[known:size]], 0) for part, start in both)
        state = step(of_input, state, weights)
        outputs.append(state[0])
    return outputs[::-1], state


def run(layer: Any, sequence: Any, states: Any, step: Any) -> tuple[PackedSequence, State]:
    """All layers on a packed sequence."""
    first = _start(layer, sequence, states)
    sizes = sequence.batch_sizes.tolist()
    data = sequence.data
    last: list[State] = []
    for number in range(layer.num_layers):
        directions = []
        for direction, suffix in enumerate(layer._suffixes(number)):
            own = tuple(part[number * layer._directions + direction] for part in first)
            gates = list(F.linear(data, *layer._weights("ih", suffix)).split(sizes, 0))
            walk = _backwards if direction else _forwards
            outputs, state = walk(step, gates, own, layer._state_weights(suffix))
            directions.append(_cat(outputs, 0))
            last.append(state)
        data = directions[0] if len(directions) == 1 else _cat(directions, -1)
        if layer.dropout and layer.training and number < layer.num_layers - 1:
            data = F.dropout(data, layer.dropout)
    stacked = tuple(_stack(list(parts), 0) for parts in zip(*last))
    if sequence.unsorted_indices is not None:
        stacked = tuple(state.index_select(1, sequence.unsorted_indices) for state in stacked)
    return PackedSequence(data, *sequence[1:]), stacked
