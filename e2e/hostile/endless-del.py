"""Loops while an object is let go."""
# ends: Stopped
class Clingy:
    def __del__(self):
        while True:
            pass

Clingy()
