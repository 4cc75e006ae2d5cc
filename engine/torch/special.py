"""`torch.special`: functions that mathematicians have given names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _composed, _names
from ._operation import function, functions_of

# The same functions under the names that they have here.
_ALIASES = {
    "digamma": "digamma",
    "erf": "erf",
    "erfc": "erfc",
    "erfinv": "erfinv",
    "exp2": "exp2",
    "expit": "sigmoid",
    "expm1": "expm1",
    "gammaln": "lgamma",
    "i0": "i0",
    "log1p": "log1p",
    "logit": "logit",
    "logsumexp": "logsumexp",
    "multigammaln": "mvlgamma",
    "polygamma": "polygamma",
    "psi": "digamma",
    "sinc": "sinc",
}
_PYTORCH = frozenset(
    """airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 chebyshev_polynomial_t chebyshev_polynomial_u
    chebyshev_polynomial_v chebyshev_polynomial_w hermite_polynomial_h hermite_polynomial_he
    laguerre_polynomial_l legendre_polynomial_p modified_bessel_i0 modified_bessel_i1
    modified_bessel_k0 modified_bessel_k1 scaled_modified_bessel_k0 scaled_modified_bessel_k1
    shifted_chebyshev_polynomial_t shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v
    shifted_chebyshev_polynomial_w spherical_bessel_j0""".split()
)

_own: dict[str, Callable[..., Any]] = dict(functions_of("special"))
for _name, _target in _ALIASES.items():
    _own[_name] = function(_target, f"special_{_name}")
_own["softmax"] = _composed.functions["softmax"]
_own["log_softmax"] = _composed.functions["log_softmax"]
globals().update(_own)

__all__ = sorted(_own)

__getattr__ = _names.module_getattr("torch.special", _PYTORCH)
