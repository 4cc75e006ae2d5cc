"""Writes to any address."""
# ends: Error|Ran
import ctypes

ctypes.memset(0, 0, 64)
