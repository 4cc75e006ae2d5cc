"""Warns of something else a hundred thousand times."""
# ends: Ran
import warnings

warnings.simplefilter("always")
for number in range(100_000):
    warnings.warn(f"this is warning {number}")
print("done")
