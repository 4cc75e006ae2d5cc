"""Opens a connection in an event loop."""
# ends: Error
import asyncio

reader, writer = asyncio.run(asyncio.open_connection("127.0.0.1", 80))
print("REACHED", reader)
