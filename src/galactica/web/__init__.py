"""The reading room: an edition's articles in a browser, and the same over an HTTP API.

`app.create_app` makes the ASGI application, `server.serve` runs it. Everything that the room knows of books it asks
of the library (`reading.Library`).
"""

from galactica.web.app import create_app
from galactica.web.server import serve

__all__ = ["create_app", "serve"]
