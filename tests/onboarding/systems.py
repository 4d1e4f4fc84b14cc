"""Other systems that really answer: a SCIM server, an LDAP server, and ones that are silent, talk rubbish or drip."""

import contextlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/lib/openldap:" + os.environ.get("PATH", ""))
SCHEMAS = next((place for place in (Path("/etc/ldap/schema"), Path("/etc/openldap/schema")) if place.exists()), None)
BASE = "dc=rivage,dc=example"
ROOT, WORD = f"cn=root,{BASE}", "only-in-this-test"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def listens(port: int, process, patience: float = 30.0) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        assert process.poll() is None, "it ended at once"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.1)
    raise AssertionError("it does not listen")


@contextlib.contextmanager
def running(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        listens(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@contextlib.contextmanager
def scim(token: str):
    """`scim2-server`, an implementation of RFC 7644 that is not ours: its base address."""
    port = free_port()
    with running([str(Path(sys.executable).with_name("scim2-server")), "--port", str(port), "--bearer-token", token], port):
        yield f"http://127.0.0.1:{port}/v2"


@contextlib.contextmanager
def ldap(place: Path):
    """A private slapd over `place`: its address; nobody is in it yet."""
    port, store = free_port(), place / "store"
    store.mkdir()
    modules = next((folder for folder in (Path("/usr/lib/ldap"), Path("/usr/lib/openldap")) if folder.exists()), None)
    lines = [f"include {SCHEMAS}/{name}.schema" for name in ("core", "cosine", "inetorgperson")]
    lines += [f"pidfile {place}/pid", *([f"modulepath {modules}", "moduleload back_mdb"] if modules else [])]
    lines += ["database mdb", f'suffix "{BASE}"', f'rootdn "{ROOT}"', f"rootpw {WORD}", f"directory {store}"]
    (place / "slapd.conf").write_text("\n".join(lines) + "\n")
    url = f"ldap://127.0.0.1:{port}"
    with running([SLAPD, "-f", str(place / "slapd.conf"), "-h", url, "-d", "0"], port):
        yield url


class Bad:
    """Takes connections and says nothing, rubbish, or one byte now and then; `hurt` is how many came."""

    def __init__(self, manner: str, context: ssl.SSLContext | None = None):
        self.manner, self.context, self.came, self.ended = manner, context, 0, threading.Event()
        self.server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while not self.ended.is_set():
            try:
                link, _ = self.server.accept()
            except OSError:
                return
            self.came += 1
            threading.Thread(target=self._talk, args=(link,), daemon=True).start()

    def _talk(self, link):
        with contextlib.suppress(OSError), link:
            if self.context:
                link = self.context.wrap_socket(link, server_side=True)
            if self.manner == "rubbish":
                link.sendall(os.urandom(400) + b"\r\n\r\n")
            while self.manner == "drip" and not self.ended.is_set():
                link.sendall(b"2")
                time.sleep(0.05)
            self.ended.wait(20) if self.manner == "mute" else None

    def close(self):
        self.ended.set()
        self.server.close()
