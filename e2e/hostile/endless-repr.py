"""Ends with a value that never finishes showing itself."""
# ends: Stopped
class Chatty:
    def __repr__(self):
        while True:
            pass

Chatty()
