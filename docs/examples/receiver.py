"""An example receiver of webhooks: Python alone, no package. It proves the signature, hears each event once, and calls back.

    SECRET=whsec_…                     the secret of the subscription
    CALL_URL=https://…/plans/calls/…/  the address of your desk's calls, and
    CALL_SECRET=whsec_…                its secret; without them nothing is called back
    python receiver.py 8099

For each `step.due` of its desk it prints what is to do and, when it can, says that the step is done.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WINDOW = 300  # seconds the sender's clock may differ from ours
heard = set()  # message ids; a real system keeps them in its database


def sign(secret, message_id, timestamp, body):
    """The signature of Standard Webhooks: HMAC-SHA256 over "id.timestamp.body"."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()).decode()


def is_genuine(headers, body):
    """Whether `body` was signed with our secret, lately."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > WINDOW:
        return False
    expected = sign(os.environ["SECRET"], message_id, timestamp, body)
    return any(hmac.compare_digest(expected, one) for one in headers.get("webhook-signature", "").split(" "))


def call_back(step):
    """Say that a step is done; the answer's status."""
    body = json.dumps({"step": step}).encode()
    message_id, timestamp = f"call_{secrets.token_hex(12)}", str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(os.environ["CALL_SECRET"], message_id, timestamp, body),
    }
    try:
        with urllib.request.urlopen(urllib.request.Request(os.environ["CALL_URL"], body, headers), timeout=10) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        message_id = self.headers["webhook-id"]
        if message_id not in heard:  # the same event may come twice: its id is the same then
            heard.add(message_id)
            self.act(json.loads(body))
        return self.answer(204)  # any 2xx, within ten seconds; what takes longer is done afterwards

    def act(self, event):
        step = event["data"].get("step", {})
        print(event["type"], step.get("id", ""), step.get("text", {}).get("en", ""), flush=True)
        if event["type"] == "step.due" and "CALL_URL" in os.environ:
            print("called back:", call_back(step["id"]), flush=True)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8099), Receiver)
    print(f"listening on {server.server_address[1]}", flush=True)
    server.serve_forever()
