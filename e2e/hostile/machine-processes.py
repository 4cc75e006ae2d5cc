"""Starts a process."""
# ends: Ended
import subprocess

print("REACHED", subprocess.run(["ls"], capture_output=True))
