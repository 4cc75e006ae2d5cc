"""Anomaly detection: find the forward operation behind a failing or NaN-making backward."""

from __future__ import annotations

import traceback
from typing import Any

from .. import _C

engine = _C.engine

_ENABLED = (
    "Anomaly Detection has been enabled. This mode will increase the runtime and should only be "
    "enabled for debugging."
)


def is_anomaly_enabled() -> bool:
    """Is anomaly detection on?"""
    return engine.anomaly_enabled()


def is_anomaly_check_nan_enabled() -> bool:
    """Would a NaN gradient be an error?"""
    return engine.anomaly_checks_nan()


def _where() -> str:
    """Where the program is, as a traceback shows it, without the frames of this package."""
    frames = traceback.extract_stack()
    own = [frame for frame in frames if not frame.filename.startswith(_C.PACKAGE)]
    return "".join(traceback.format_list(own))


def _switch(mode: bool, check_nan: bool) -> None:
    engine.set_anomaly(mode, check_nan)
    if mode:
        engine.set_trace_callback(_C.create_proxy(_where))
    else:
        engine.set_trace_callback()


class detect_anomaly:
    """Inside, a backward that fails shows the forward operation, and a NaN gradient is an error."""

    def __init__(self, check_nan: bool = True) -> None:
        self._before = is_anomaly_enabled(), is_anomaly_check_nan_enabled()
        self.check_nan = check_nan
        _C.warn(_ENABLED)

    def __enter__(self) -> None:
        _switch(True, self.check_nan)

    def __exit__(self, *exception: Any) -> None:
        _switch(*self._before)


class set_detect_anomaly:
    """Switch anomaly detection on or off: at once as a call, or for a `with` block."""

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        self._before = is_anomaly_enabled(), is_anomaly_check_nan_enabled()
        _switch(mode, check_nan)

    def __enter__(self) -> None:
        """The mode holds already."""

    def __exit__(self, *exception: Any) -> None:
        _switch(*self._before)
