"""Layers that find out the size of their input when they first see one."""

from __future__ import annotations

from typing import Any

from ..._dtype import int64
from ..._factories import tensor
from ..._grad_mode import no_grad
from .._lazy_tensors import UninitializedBuffer, UninitializedParameter, is_lazy
from . import _transposed, batchnorm, conv, instancenorm, linear
from .module import Module


class LazyModuleMixin:
    """Materializes parameters before the first forward, and becomes an ordinary layer then."""

    cls_to_become: type[Any] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._load_hook = self._register_load_state_dict_pre_hook(self._lazy_load_hook)
        self._initialize_hook = self.register_forward_pre_hook(
            self._infer_parameters, with_kwargs=True
        )

    def _save_to_state_dict(self, destination: Any, prefix: str, keep_vars: bool) -> None:
        for name, value in self._own_state().items():
            as_it_is = keep_vars or is_lazy(value)
            destination[prefix + name] = value if as_it_is else value.detach()

    def _lazy_load_hook(self, state_dict: Any, prefix: str, *rest: Any) -> None:
        """What is loaded tells the shapes, too."""
        for name, value in {**self._parameters, **self._buffers}.items():
            loaded = state_dict.get(prefix + name)
            if is_lazy(value) and loaded is not None and not is_lazy(loaded):
                with no_grad():
                    value.materialize(loaded.shape)

    def initialize_parameters(self, *args: Any, **kwargs: Any) -> None:
        """Give the parameters their shapes; to be defined by subclasses."""
        raise NotImplementedError(
            f"initialize_parameters is not implemented for {type(self).__name__}"
        )

    def has_uninitialized_params(self) -> bool:
        """Are there shapes still to be found out?"""
        return any(map(is_lazy, [*self._parameters.values(), *self._buffers.values()]))

    def reset_parameters(self) -> None:
        """Fill the parameters with fresh numbers, once they are there."""
        if not self.has_uninitialized_params() and self._inputs() != 0:
            super().reset_parameters()

    def _inputs(self) -> int:
        """How large the input is; 0 while nobody knows."""
        raise NotImplementedError

    def _infer_parameters(self, module: Any, args: Any, kwargs: Any = None) -> None:
        module.initialize_parameters(*args, **(kwargs or {}))
        if module.has_uninitialized_params():
            raise RuntimeError(f"module {self._get_name()} has not been fully initialized")
        module._initialize_hook.remove()
        module._load_hook.remove()
        del module._initialize_hook, module._load_hook
        if module.cls_to_become is not None:
            module.__class__ = module.cls_to_become


class LazyLinear(LazyModuleMixin, linear.Linear):
    """`Linear` whose `in_features` the first input tells."""

    cls_to_become = linear.Linear

    def __init__(
        self, out_features: int, bias: bool = True, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(0, 0, False)
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_features = out_features
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def _inputs(self) -> int:
        return self.in_features

    def initialize_parameters(self, input: Any) -> None:
        """The last dimension of the input is what the weights have to fit."""
        if not self.has_uninitialized_params():
            self.in_features = input.shape[-1]
            return
        with no_grad():
            self.in_features = input.shape[-1]
            self.weight.materialize((self.out_features, self.in_features))
            if self.bias is not None:
                self.bias.materialize((self.out_features,))
            self.reset_parameters()


class _LazyConvolution(LazyModuleMixin):
    def __init__(
        self,
        out_channels: int,
        kernel_size: Any,
        *args: Any,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(0, 0, kernel_size, *args, bias=False, **kwargs)
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_channels = out_channels
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def _inputs(self) -> int:
        return self.in_channels

    def initialize_parameters(self, input: Any, *args: Any, **kwargs: Any) -> None:
        """The channels of the input are what the filters have to fit."""
        if not self.has_uninitialized_params():
            return
        self.in_channels = self._channels_of(input)
        if self.in_channels % self.groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        both = (self.out_channels, self.in_channels)
        outer, inner = reversed(both) if self.transposed else both
        self.weight.materialize((outer, inner // self.groups, *self.kernel_size))
        if self.bias is not None:
            self.bias.materialize((self.out_channels,))
        self.reset_parameters()

    def _channels_of(self, input: Any) -> int:
        single = self.dimensions + 1
        if input.dim() not in (single, single + 1):
            raise RuntimeError(
                f"Expected {single}D (unbatched) or {single + 1}D (batched) input to "
                f"{type(self).__name__}, but got input of size: {input.shape}"
            )
        return input.shape[1 if input.dim() == single + 1 else 0]


class _LazyNorm(LazyModuleMixin):
    def __init__(
        self,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(0, eps, momentum, False, False, device, dtype)
        made = {"device": device, "dtype": dtype}
        self.affine = affine
        self.track_running_stats = track_running_stats
        if self.affine:
            self.weight = UninitializedParameter(**made)
            if bias:
                self.bias = UninitializedParameter(**made)
        if track_running_stats:
            self.running_mean = UninitializedBuffer(**made)
            self.running_var = UninitializedBuffer(**made)
            self.num_batches_tracked = tensor(0, dtype=int64)

    def _inputs(self) -> int:
        return self.num_features

    def initialize_parameters(self, input: Any) -> None:
        """The channels of the input are what is normalised."""
        if not self.has_uninitialized_params():
            return
        self.num_features = input.shape[1]
        for value in (self.weight, self.bias, self.running_mean, self.running_var):
            if value is not None:
                value.materialize((self.num_features,))
        self.reset_parameters()


def _lazy(mixin: type[Any], becomes: type[Module]) -> type[Module]:
    about = f"`{becomes.__name__}` that learns from the first input how many channels there are."
    body = {"cls_to_become": becomes, "__doc__": about, "__module__": __name__}
    return type(f"Lazy{becomes.__name__}", (mixin, becomes), body)


LazyConv1d = _lazy(_LazyConvolution, conv.Conv1d)
LazyConv2d = _lazy(_LazyConvolution, conv.Conv2d)
LazyConv3d = _lazy(_LazyConvolution, conv.Conv3d)
LazyConvTranspose1d = _lazy(_LazyConvolution, _transposed.ConvTranspose1d)
LazyConvTranspose2d = _lazy(_LazyConvolution, _transposed.ConvTranspose2d)
LazyConvTranspose3d = _lazy(_LazyConvolution, _transposed.ConvTranspose3d)
LazyBatchNorm1d = _lazy(_LazyNorm, batchnorm.BatchNorm1d)
LazyBatchNorm2d = _lazy(_LazyNorm, batchnorm.BatchNorm2d)
LazyBatchNorm3d = _lazy(_LazyNorm, batchnorm.BatchNorm3d)
LazyInstanceNorm1d = _lazy(_LazyNorm, instancenorm.InstanceNorm1d)
LazyInstanceNorm2d = _lazy(_LazyNorm, instancenorm.InstanceNorm2d)
LazyInstanceNorm3d = _lazy(_LazyNorm, instancenorm.InstanceNorm3d)
