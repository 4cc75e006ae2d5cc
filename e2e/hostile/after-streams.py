"""Closes the streams and puts others in their place."""
# ends: Ran|Ended
import os
import sys

sys.stdout.close()
sys.stderr = None
for descriptor in (0, 1, 2):
    os.close(descriptor)
