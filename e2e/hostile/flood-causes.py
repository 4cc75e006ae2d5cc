"""Raises an error with 20,000 others behind it."""
# ends: Ended|broke down|went too deep
error = None
for number in range(20_000):
    following = ValueError(number)
    following.__cause__ = error
    error = following
raise error
