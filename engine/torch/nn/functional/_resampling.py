"""Pictures stretched to another size, or looked at through a grid."""

from __future__ import annotations

import math
import warnings
from typing import Any

from ..._operation import function
from ._pooling import adaptive_avg_pool2d, adaptive_avg_pool3d
from . import adaptive_avg_pool1d

_AVERAGES = {3: adaptive_avg_pool1d, 4: adaptive_avg_pool2d, 5: adaptive_avg_pool3d}
# How many dimensions the input of each mode has.
_NDIM = {"linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5}
_WITHOUT_CORNERS = ("nearest", "area", "nearest-exact")


def _target(input: Any, size: Any, scale_factor: Any) -> tuple[Any, Any]:
    """The size, or the factors, for each dimension: one of them is None."""
    count = input.dim() - 2
    sizes = list(input.shape[2:])
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    if size is not None:
        if not isinstance(size, (list, tuple)):
            return [size] * count, None
        if len(size) != count:
            raise ValueError(
                "Input and output must have the same number of spatial dimensions, but got "
                f"input with spatial dimensions of {sizes} and output size of {size}. "
                "Please provide input tensor in (N, C, d1, d2, ...,dK) format and "
                "output size in (o1, o2, ...,oK) format."
            )
        if not all(isinstance(length, int) for length in size):
            raise TypeError(
                "expected size to be one of int or Tuple[int] or Tuple[int, int] or "
                f"Tuple[int, int, int], but got size with types {[type(x) for x in size]}"
            )
        return list(size), None
    if scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    if not isinstance(scale_factor, (list, tuple)):
        return None, [scale_factor] * count
    if len(scale_factor) != count:
        raise ValueError(
            "Input and scale_factor must have the same number of spatial dimensions, but "
            f"got input with spatial dimensions of {sizes} and "
            f"scale_factor of shape {scale_factor}. "
            "Please provide input tensor in (N, C, d1, d2, ...,dK) format and "
            "scale_factor in (s1, s2, ...,sK) format."
        )
    return None, list(scale_factor)


def interpolate(
    input: Any,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Any:
    """`input` (batch, channels, …) stretched to `size`, or by `scale_factor`."""
    if mode in _WITHOUT_CORNERS and align_corners is not None:
        raise ValueError(
            "align_corners option can only be set with the "
            "interpolating modes: linear | bilinear | bicubic | trilinear"
        )
    target, factors = _target(input, size, scale_factor)
    if recompute_scale_factor and size is not None:
        raise ValueError("recompute_scale_factor is not meaningful with an explicit size.")
    if factors is not None and (recompute_scale_factor or mode == "area"):
        target = [int(own * factor) for own, factor in zip(input.shape[2:], factors)]
        factors = None
    ndim = input.dim()
    if antialias and not (mode in ("bilinear", "bicubic", "lanczos") and ndim == 4):
        raise ValueError(
            "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires "
            "a 4-D tensor as input"
        )
    if antialias:
        raise NotImplementedError(
            "dxdx doesn't have interpolate(antialias=True): average with F.avg_pool2d, then stretch."
        )
    if mode == "area" and ndim in _AVERAGES:
        return _AVERAGES[ndim](input, target)
    if mode in ("nearest", "nearest-exact") and ndim in (3, 4, 5):
        name, corners = f"{mode.replace('-', '_')}{ndim - 2}d", ()
    elif _NDIM.get(mode) == ndim:
        name, corners = f"{mode}{ndim - 2}d", (bool(align_corners),)
    elif mode in _NDIM and ndim in (3, 4, 5):
        needed = _NDIM[mode]
        raise NotImplementedError(f"Got {ndim}D input, but {mode} mode needs {needed}D input")
    else:
        raise NotImplementedError(
            "Input Error: Only 3D, 4D and 5D input Tensors supported"
            f" (got {ndim}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | "
            f"lanczos | area | nearest-exact (got {mode})"
        )
    if target is None:
        target = [math.floor(float(own) * factor) for own, factor in zip(input.shape[2:], factors)]
    scales = [None] * len(target) if factors is None else [float(factor) for factor in factors]
    return function(f"nn.functional._upsample_{name}", f"upsample_{name}")(
        input, target, *corners, *scales
    )


def upsample(
    input: Any,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Any:
    """The old name of `interpolate`."""
    _deprecated("upsample", "interpolate")
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input: Any, size: Any = None, scale_factor: Any = None) -> Any:
    """The old name of `interpolate` that copies the nearest numbers."""
    _deprecated("upsample_nearest", "interpolate")
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(input: Any, size: Any = None, scale_factor: Any = None) -> Any:
    """The old name of `interpolate` that mixes the four nearest numbers, corners aligned."""
    _deprecated("upsample_bilinear", "interpolate")
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


def _deprecated(name: str, instead: str) -> None:
    warnings.warn(
        f"`nn.functional.{name}` is deprecated. Use `nn.functional.{instead}` instead.",
        stacklevel=3,
    )


GRID_SAMPLE_INTERPOLATION_MODES = {"bilinear": 0, "nearest": 1, "bicubic": 2}
GRID_SAMPLE_PADDING_MODES = {"zeros": 0, "border": 1, "reflection": 2}
_grid_sampler = function("grid_sampler")
_affine_grid_generator = function("affine_grid_generator")


def grid_sample(
    input: Any,
    grid: Any,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Any:
    """`input` where `grid` looks: places from -1 to 1, the last dimension first."""
    if mode not in GRID_SAMPLE_INTERPOLATION_MODES:
        raise ValueError(
            "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', "
            f"but got: '{mode}'"
        )
    if padding_mode not in GRID_SAMPLE_PADDING_MODES:
        raise ValueError(
            "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or "
            f"'reflection', but got: '{padding_mode}'"
        )
    if align_corners is None:
        _default_corners()
    return _grid_sampler(
        input,
        grid,
        GRID_SAMPLE_INTERPOLATION_MODES[mode],
        GRID_SAMPLE_PADDING_MODES[padding_mode],
        bool(align_corners),
    )


def _default_corners() -> None:
    warnings.warn(
        "Default grid_sample and affine_grid behavior has changed to align_corners=False since "
        "1.3.0. Please specify align_corners=True if the old behavior is desired. See the "
        "documentation of grid_sample for details.",
        stacklevel=3,
    )


def affine_grid(theta: Any, size: Any, align_corners: bool | None = None) -> Any:
    """The grid for `grid_sample` that the affine maps `theta` make of the plain one."""
    if align_corners is None:
        _default_corners()
        align_corners = False
    if not theta.is_floating_point():
        raise ValueError(f"Expected theta to have floating point type, but got {theta.dtype}")
    if len(size) not in (4, 5):
        raise NotImplementedError(
            "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, "
            f"respectively. Got size {size}."
        )
    if theta.dim() != 3 or theta.shape[-2:] != (len(size) - 2, len(size) - 1):
        shape = f"Nx{len(size) - 2}x{len(size) - 1}"
        raise ValueError(
            f"Expected a batch of {len(size) - 2}D affine matrices of shape {shape} for size "
            f"{size}. Got {theta.shape}."
        )
    if align_corners and min(size[2:]) == 1:
        warnings.warn(
            "Since version 1.3.0, affine_grid behavior has changed for unit-size grids when "
            "align_corners=True. This is not an intended use case of affine_grid. See the "
            "documentation of affine_grid for details.",
            stacklevel=2,
        )
    elif min(size) <= 0:
        raise ValueError(f"Expected non-zero, positive output size. Got {size}")
    return _affine_grid_generator(theta, list(size), align_corners)
