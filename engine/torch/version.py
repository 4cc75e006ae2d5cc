"""Which PyTorch this one behaves as."""

from __future__ import annotations

__version__ = "2.13.0+dxdx"
debug = False
cuda = git_version = hip = xpu = rocm = None
