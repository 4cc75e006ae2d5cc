"""Opens a socket, which Emscripten would make a WebSocket."""
# ends: Error
import socket

connection = socket.create_connection(("127.0.0.1", 80), timeout=1)
connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
print("REACHED", connection.recv(1))
