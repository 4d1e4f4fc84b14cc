"""Other systems to be told: one that hears, refuses, redirects, drips or never answers, as a test says."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Ear(BaseHTTPRequestHandler):
    """What was heard, and what is answered."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))
        if self.server.drip:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.ended.is_set():
                self.wfile.write(b"x")
                time.sleep(0.05)
            return
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


def open_ear(status=200, location="", drip=False):
    """A server on loopback; its `url`, its `heard`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    server.heard, server.status, server.location, server.drip, server.ended = [], status, location, drip, threading.Event()
    server.daemon_threads = True
    server.url = f"http://127.0.0.1:{server.server_address[1]}/hooks"
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()  # looks that often whether it shall end
    return server


def close_ear(server):
    server.ended.set()
    server.shutdown()
    server.server_close()
