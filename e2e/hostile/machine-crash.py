"""Reads from address zero, as the fault handler can."""
# ends: Ended|broke down|Ran
import faulthandler

faulthandler._read_null()
