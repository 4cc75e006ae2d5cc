"""Starts a thread that never ends."""
# ends: RuntimeError|Ran
import threading

def spin():
    while True:
        pass

threading.Thread(target=spin, daemon=False).start()
