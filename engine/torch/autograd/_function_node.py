"""The nodes of `torch.autograd.Function`: the `ctx` of `forward` and `backward`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import _C
from .._handles import TensorBase
from .._node import Node, custom_nodes
from .._saved_tensors import saved_tensor

engine = _C.engine


class _FunctionBase(Node):
    """What a Function has from the engine."""

    __slots__ = ("__dict__",)
    __module__ = "torch._C"

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        made = object.__new__(cls)
        made._h = 0
        return made

    # What `forward` sets; it is forgotten once the results have been recorded.
    to_save: tuple[Any, ...] | None = None
    dirty_tensors: tuple[Any, ...] | None = None
    non_differentiable: tuple[Any, ...] | None = None
    saved_for_forward: tuple[Any, ...] | None = None
    needs_input_grad: tuple[bool, ...] = ()
    _materialize_non_diff_grads = True

    def _set_materializes(self, value: bool) -> None:
        if not isinstance(value, bool):
            raise TypeError(
                "set_materialize_grads expects a bool argument, "
                f"but got {type(value).__name__}"
            )
        self.__dict__["_materializes"] = value

    # Can be set, not read: what is asked for it ends in `__getattr__`.
    materialize_grads = property(fset=_set_materializes)

    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """The tensors of `save_for_backward`; () while `forward` is at work.

        Raises RuntimeError if one has been changed in place since, or if they have been freed.
        """
        if self.__dict__.get("_for_forward") is not None:
            return self.__dict__["_for_forward"]
        return tuple(_C.tensors(engine.custom_saved(self._h)))

    @property
    def saved_variables(self) -> tuple[Any, ...]:
        """The old name of `saved_tensors`."""
        _C.warn("'saved_variables' is deprecated; use 'saved_tensors'", DeprecationWarning)
        return self.saved_tensors

    @property
    def _raw_saved_tensors(self) -> tuple[Any, ...]:
        count = engine.node_raw_saved(self._h, "saved_tensors")
        return tuple(saved_tensor(handle) for handle in [_C.next_result() for _ in range(count)])

    def name(self) -> str:
        """The name of the Function, with `Backward` behind it."""
        return type(self).__name__

    def __getattr__(self, name: str) -> Any:
        if name in ("materialize_grads", "_is_pure_view"):
            raise AttributeError(
                f"attribute '{name}' of 'torch._C._FunctionBase' objects is not readable"
            )
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    __setattr__ = object.__setattr__

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self)} - {"_h", "_metadata"})


def adopt(cls: type[Any], handle: int, state: dict[str, Any]) -> Any:
    """The node object of `handle`: the living one, or a new one with the same attributes.

    The engine's node outlives this object. What has been set on it lives in a dictionary that the
    node's callback holds, and that a later object for the same node takes over.
    """
    node = _C.adopt(handle, cls)
    if node.__dict__ is not state:
        node.__dict__ = state
    return node


def _adopt_by_handle(handle: int) -> Any:
    return adopt(handle=handle, **engine.custom_callable(handle).owner)


class Recording:
    """One application of a Function: its node, and what becomes of its results."""

    def __init__(self, cls: type[Any], args: tuple[Any, ...]) -> None:
        self.args = args
        self.is_tensor = [isinstance(arg, TensorBase) for arg in args]
        tensors = [arg for arg in args if isinstance(arg, TensorBase)]
        needs = tuple(is_one and a.requires_grad for is_one, a in zip(self.is_tensor, args))
        self.recorded = engine.grad_enabled() and any(needs)
        # Shape and dtype of each result: for the zeros that stand for a missing gradient.
        self.kinds: list[Any] = []
        state: dict[str, Any] = {"needs_input_grad": needs}
        self._name = cls.__name__
        custom_nodes[self._name] = _adopt_by_handle
        owner = {"cls": cls, "state": state}
        run = _C.callback(self._backward(cls, state), owner=owner)
        inputs = [tensor._h for tensor in tensors] if self.recorded else []
        self._handle = _C.check(engine.custom_node(self._name, run, *inputs))
        self.node = adopt(cls, self._handle, state)

    def finish(self, result: Any, by_context: bool, function: Any) -> Any:
        """Make what `forward` has returned the results of the node."""
        node = self.node
        dirty = _marked(node.dirty_tensors, _ONLY_DIRTY)
        for tensor in dirty:
            engine.increment_version(tensor._h)
        constant = _marked(node.non_differentiable, _ONLY_CONSTANT)
        outputs = result if isinstance(result, tuple) else (result,)
        slots: list[int] = []
        for output in outputs:
            if not isinstance(output, TensorBase):
                slots += (0, 0)
                self.kinds.append(None)
                continue
            flags = _among(output, self.args) + 2 * _among(output, dirty)
            flags += 4 * _among(output, constant)
            flags += 8 * (by_context and _among(output, node.to_save or ()))
            slots += (output._h, flags)
            self.kinds.append((output.shape, output.dtype))
        _check_returned(dirty, outputs)
        given = _C.tensors(engine.custom_outputs(self._handle, self.recorded, *slots))
        wrapped = tuple(
            out if new is None else new for out, new in zip(outputs, given)
        )
        if self.recorded:
            self._save(node.to_save or ())
        given_back = wrapped if isinstance(result, tuple) else wrapped[0]
        if engine.forward_enabled():
            from ._function_transforms import push_forward

            push_forward(function, node, self.args, given_back, node.saved_for_forward)
        for name in ("to_save", "dirty_tensors", "non_differentiable", "saved_for_forward"):
            node.__dict__.pop(name, None)
        return given_back

    def _save(self, values: tuple[Any, ...]) -> None:
        for position, value in enumerate(values):
            if value is not None and not isinstance(value, TensorBase):
                raise TypeError(
                    f"save_for_backward can only save variables, but argument {position} is of "
                    f"type {type(value).__name__}"
                )
        handles = [0 if value is None else value._h for value in values]
        _C.check(engine.custom_save(self._handle, *handles))

    def _backward(self, cls: type[Any], state: dict[str, Any]) -> Callable[..., int]:
        kinds, is_tensor, name = self.kinds, self.is_tensor, self._name

        def run(handle: int, count: int, *handles: int) -> int:
            node = adopt(cls, handle, state)
            grads = _C.adopt_all(handles)
            if state.get("_materializes", True):
                grads = [_zeros(kind) if grad is None else grad for grad, kind in zip(grads, kinds)]
            results = _results(node.apply(*grads), is_tensor, name)
            _keep_alive[:] = results
            engine.give_results(*(0 if result is None else result._h for result in results))
            return 1

        return run


# The engine reads the answer of a backward after Python's frame is gone.
_keep_alive: list[Any] = []


def _results(answer: Any, is_tensor: list[bool], name: str) -> list[Any]:
    """The gradients of the tensors among the arguments, checked as PyTorch does."""
    results = answer if isinstance(answer, tuple) else (answer,)
    expected = len(is_tensor)
    # Too many are fine as long as there is nothing in them.
    if all(result is None for result in results[expected:]):
        results = results[:expected]
    if len(results) != expected:
        raise RuntimeError(
            f"function {name} returned an incorrect number of gradients "
            f"(expected {expected}, got {len(results)})"
        )
    found = []
    for position, (result, wanted) in enumerate(zip(results, is_tensor), 1):
        if not wanted:
            if result is not None:
                raise RuntimeError(
                    f"function {name} returned a gradient different than None at position "
                    f"{position}, but the corresponding forward input was not a Variable"
                )
            continue
        if result is not None and not isinstance(result, TensorBase):
            raise RuntimeError(f"expected Variable or None (got {type(result).__name__})")
        found.append(result)
    return found


def _among(value: Any, values: tuple[Any, ...]) -> bool:
    return any(value is other for other in values)


# PyTorch's own words, which end early.
_ONLY_DIRTY = "mark_dirty can only accept variables, but argument "
_ONLY_CONSTANT = "mark_non_differentiable only accepts variable arguments, but got "


def _marked(values: tuple[Any, ...] | None, says: str) -> tuple[Any, ...]:
    if not all(isinstance(value, TensorBase) for value in values or ()):
        raise RuntimeError(says)
    return values or ()


def _check_returned(dirty: tuple[Any, ...], outputs: tuple[Any, ...]) -> None:
    for tensor in dirty:
        if not _among(tensor, outputs):
            raise RuntimeError(
                "Some elements marked as dirty during the forward method were not returned as "
                "output. The inputs that are modified inplace must all be outputs of the Function."
            )


def _zeros(kind: tuple[Any, Any] | None) -> Any:
    from .._factories import zeros

    return None if kind is None else zeros(tuple(kind[0]), dtype=kind[1])
