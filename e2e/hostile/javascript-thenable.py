"""Makes every object of JavaScript a promise that never settles."""
# ends: Ran|Ended
import asyncio

# One of JavaScript's functions, which Python's event loop schedules with.
function = type(asyncio.new_event_loop()).call_later.__globals__["scheduleCallback"]
function.__proto__.__proto__.then = function
print("done")
