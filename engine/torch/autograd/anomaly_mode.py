"""Anomaly detection: find the forward operation behind a failing or NaN-making backward."""

from __future__ import annotations

from typing import Any

from .. import _C

engine = _C.engine

_ENABLED = (
    "Anomaly Detection has been enabled. This mode will increase the runtime and should only be "
    "enabled for debugging."
)


class detect_anomaly:
    """Inside, a backward that fails shows the forward operation, and a NaN gradient is an error."""

    def __init__(self, check_nan: bool = True) -> None:
        self._before = engine.anomaly_enabled(), engine.anomaly_checks_nan()
        self.check_nan = check_nan
        _C.warn(_ENABLED)

    def __enter__(self) -> None:
        engine.set_anomaly(True, self.check_nan)

    def __exit__(self, *exception: Any) -> None:
        engine.set_anomaly(*self._before)


class set_detect_anomaly:
    """Switch anomaly detection on or off: at once as a call, or for a `with` block."""

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        self._before = engine.anomaly_enabled(), engine.anomaly_checks_nan()
        engine.set_anomaly(mode, check_nan)

    def __enter__(self) -> None:
        """The mode holds already."""

    def __exit__(self, *exception: Any) -> None:
        engine.set_anomaly(*self._before)
