"""Leaves timers behind."""
# ends: Ran
import asyncio

loop = asyncio.get_event_loop_policy().get_event_loop() if hasattr(asyncio, "get_event_loop_policy") else None
if loop is None:
    loop = asyncio.new_event_loop()
for delay in (0.001, 0.05, 0.2):
    loop.call_later(delay, print, "REACHED")
print("left")
