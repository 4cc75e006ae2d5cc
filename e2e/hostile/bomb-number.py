"""Computes a number of a billion digits."""
# ends: Stopped
print(7 ** (7 ** 11))
