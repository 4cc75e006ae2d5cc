"""Takes JavaScript from Python's reach, as far as it goes by name. Called before a program of a reader's runs.

This is a second line: the frame that all runs in is what keeps a program from the page, its data and the network.
"""

from __future__ import annotations

import sys

from _pyodide._importhook import jsfinder

_JAVASCRIPT = {"js", "dxdx_engine", "_pyodide_core"}


def seal() -> None:
    """Forget the modules that are JavaScript's, and Pyodide's own, so that neither can be imported."""
    jsfinder.jsproxies.clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if not _is_pyodides(finder)]
    for name in [*sys.modules]:
        if name in _JAVASCRIPT or name.partition(".")[0] in ("pyodide", "pyodide_js"):
            del sys.modules[name]


def _is_pyodides(finder: object) -> bool:
    return getattr(finder, "__module__", type(finder).__module__).startswith("_pyodide")
