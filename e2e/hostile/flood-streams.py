"""Prints single letters to both streams in turn."""
# ends: Ran
import sys

for _ in range(20_000):
    sys.stdout.write("o")
    sys.stdout.flush()
    sys.stderr.write("e")
    sys.stderr.flush()
