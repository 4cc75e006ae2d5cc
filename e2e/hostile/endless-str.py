"""Raises an error that never finishes saying what it is."""
# ends: Stopped
class Wordy(Exception):
    def __str__(self):
        while True:
            pass

raise Wordy
