"""Computes where Python never looks whether it is to stop."""
# ends: Stopped
sum(range(10**15))
