"""Sends the page a message that says the check is passed."""
# ends: Error
from js import postMessage

postMessage({"kind": "graded", "report": "{}"})
print("REACHED")
