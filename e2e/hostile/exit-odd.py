"""Leaves with a status that is no number."""
# ends: Ended|Ran
import sys

class Odd(SystemExit):
    def __init__(self):
        self.code = Odd

raise Odd
