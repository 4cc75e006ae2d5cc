"""PyTorch's interface on dxdx's engine: tensors that record how they were made, and `backward`.

Names, arguments, results, printed text and error messages are those of PyTorch 2.13 on a CPU. What
it has and dxdx has not says so when it is used.
"""

from __future__ import annotations

import math as _math

from . import _absent, _C, _composed, _counting, _legacy, _names, _network_functions, _rearranging, _slopes, _windows
from ._C import OutOfMemoryError, is_warn_always_enabled, set_warn_always
from ._dtype import (
    absent_dtypes,
    can_cast,
    channels_last,
    contiguous_format,
    device,
    dtype,
    finfo,
    float32,
    float64,
    iinfo,
    int8,
    int16,
    int32,
    int64,
    layout,
    memory_format,
    preserve_format,
    strided,
    uint8,
)
from ._dtype import bool_ as bool
from ._dtype import (
    promote as promote_types,
)
from ._einsum import einsum
from ._factories import (
    arange,
    as_tensor,
    asarray,
    empty,
    empty_like,
    empty_strided,
    eye,
    from_numpy,
    full,
    full_like,
    get_default_device,
    get_default_dtype,
    linspace,
    logspace,
    ones,
    ones_like,
    scalar_tensor,
    set_default_device,
    set_default_dtype,
    tensor,
    zeros,
    zeros_like,
)
from ._factories import range_ as range
from ._functions import (
    broadcast_shapes,
    broadcast_tensors,
    is_complex,
    is_conj,
    is_floating_point,
    is_inference,
    is_neg,
    is_same_size,
    is_signed,
    is_nonzero,
    is_tensor,
    meshgrid,
    numel,
    result_type,
    typename,
)
from ._grad_mode import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from ._legacy import set_default_tensor_type
from ._operation import public_functions as _public_functions
from ._printing import set_printoptions
from ._settings import (
    are_deterministic_algorithms_enabled,
    get_deterministic_debug_mode,
    get_float32_matmul_precision,
    get_num_interop_threads,
    get_num_threads,
    is_autocast_enabled,
    is_deterministic_algorithms_warn_only_enabled,
    set_deterministic_debug_mode,
    set_float32_matmul_precision,
    set_flush_denormal,
    set_num_interop_threads,
    set_num_threads,
    use_deterministic_algorithms,
)
from ._size import Size
from ._tensor import Tensor
from .torch_version import TorchVersion

__version__ = TorchVersion("2.13.0+dxdx")
newaxis = None

float = float32
double = float64
short = int16
int = int32
long = int64

for _name, _value in absent_dtypes.items():
    globals()[_name] = _value
half, bfloat16 = absent_dtypes["float16"], absent_dtypes["bfloat16"]
cfloat, cdouble = absent_dtypes["complex64"], absent_dtypes["complex128"]

for _name, _function in {**dict(_public_functions()), **_composed.functions}.items():
    if _name not in globals():
        globals()[_name] = _function

inf, nan, pi, e = _math.inf, _math.nan, _math.pi, _math.e

# The submodules build on what stands above.
from . import _factories  # noqa: E402

_factories.install(Tensor)
_composed.install(Tensor)

from . import _return_types as return_types  # noqa: E402
from . import (  # noqa: E402
    _tensor_str,
    autograd,
    backends,
    cuda,
    func,
    linalg,
    nn,
    optim,
    random,
    special,
    utils,
    version,
)
from .nn.functional import _dropout  # noqa: E402
from .autograd.anomaly_mode import (  # noqa: E402
    is_anomaly_check_nan_enabled,
    is_anomaly_enabled,
)
from .random import (  # noqa: E402
    Generator,
    default_generator,
    get_rng_state,
    initial_seed,
    manual_seed,
    normal,
    rand,
    rand_like,
    randint,
    randint_like,
    randn,
    randn_like,
    randperm,
    seed,
    set_rng_state,
)

from ._saving import load, save  # noqa: E402

globals().update(_dropout.torch_functions)

from .func import vmap  # noqa: E402

globals().update(_legacy.types)


_missing = _names.module_getattr(
    "torch",
    _names.PYTORCH,
    *"accelerator amp cpu distributions functional mps mtia serialization testing types xpu".split(),
)


def __getattr__(name: str) -> object:
    if name in ("autocast", "GradScaler"):
        from . import amp

        return getattr(amp, name)
    if name in _network_functions.NAMES:
        return _network_functions.find(name)
    return _missing(name)


_absent.install()
