"""Leaves functions for the end."""
# ends: Ran|Stopped
import atexit

def again():
    atexit.register(again)

atexit.register(again)
