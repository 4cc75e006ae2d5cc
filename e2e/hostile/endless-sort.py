"""Sorts by a key that never comes."""
# ends: Stopped
import itertools

sorted([1, 2], key=lambda _: sum(itertools.repeat(0)))
