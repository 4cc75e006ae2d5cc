"""Recurses without end, and without Python's limit."""
# ends: Ended|broke down|went too deep|Stopped
import sys

sys.setrecursionlimit(10**9)

def f():
    return f()

f()
