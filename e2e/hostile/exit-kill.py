"""Kills itself."""
# ends: Ended|broke down|Ran
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
