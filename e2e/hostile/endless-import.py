"""Is imported by itself, again and again."""
# ends: Stopped|Ended
import importlib
import sys

while True:
    for name in ("json", "textwrap", "heapq"):
        importlib.reload(sys.modules.get(name) or importlib.import_module(name))
