"""Schedules work on JavaScript's event loop through Python's."""
# ends: Ran|Ended
import asyncio

loop = asyncio.new_event_loop()
schedule = type(loop).call_later.__globals__.get("scheduleCallback")
for name in ("constructor", "__proto__"):
    found = getattr(schedule, name, None)
    if getattr(found, "fetch", None) is not None:
        print("REACHED")
try:
    print("REACHED", schedule.constructor("return globalThis")())
except Exception as error:
    print(type(error).__name__)
