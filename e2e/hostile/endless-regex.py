"""Has a regular expression try everything."""
# ends: Stopped
import re

re.match(r"(a+)+$", "a" * 60 + "b")
