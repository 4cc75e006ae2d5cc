"""Leaves at once, past all that would tidy up."""
# ends: Ran
import os

os._exit(0)
