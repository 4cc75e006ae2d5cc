"""Watches what programs do when the checks of an exercise are tried on them.

`check.py` of an exercise says what is tried; `grade` tries it on programs and writes down what each of them did, as
plain data. It judges nothing: records are compared outside, where no program that was watched can reach.
"""

from ._checks import check
from ._grade import grade
from ._program import printed

__all__ = ["check", "grade", "printed"]
