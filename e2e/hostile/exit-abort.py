"""Aborts."""
# ends: Ended|broke down
import os

os.abort()
