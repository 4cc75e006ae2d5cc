"""Speaks to other tabs."""
# ends: ModuleNotFoundError
from js import BroadcastChannel

BroadcastChannel.new("dxdx").postMessage("REACHED")
