"""A portal that really runs: `manage.py run` in a place of its own, with its processes to look at and to kill."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def wait_until(true, seconds, what):
    """Wait for `true()`; fails in words after so many seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.05)


class Machine:
    """One supervisor and its family, over `place`."""

    def __init__(self, place: Path, **environment):
        self.place = place
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "DEMO": "1", "DATA_DIR": str(place), "PYTHONUNBUFFERED": "1", **environment}
        self.log = place / "run.log"
        self.process = None
        self.port = None

    def manage(self, *words, **options):
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment, text=True, capture_output=True, check=False, **options)
        assert done.returncode == 0, done.stderr
        return done

    def world(self, act, **options):
        return self.manage("-m", "tests.ops.world", act, **options)

    def start(self):
        """Run until it says where it is."""
        with self.log.open("w") as log:
            command = [sys.executable, "manage.py", "run", "--port", "0"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        wait_until(lambda: "http://localhost:" in self.log.read_text() or self.process.poll() is not None, 60, f"start ({self.log})")
        assert self.process.poll() is None, self.log.read_text()
        self.port = int(self.log.read_text().split("http://localhost:")[1].split()[0])
        return self

    def get(self, path, cookie="", timeout=30.0):
        """(status, text) of a page."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": cookie, "Host": f"localhost:{self.port}"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except urllib.error.URLError as error:
            raise error.reason if isinstance(error.reason, OSError) else error from None

    # --- its processes ------------------------------------------------------------------------------
    def family(self) -> dict[int, str]:
        """{pid: command} of all that live off this place, the supervisor among them; zombies do not live."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if self._is_mine(entry) and " Z " not in (entry / "stat").read_text():
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return found

    def _is_mine(self, process: Path) -> bool:
        """By its environment, or by its folder: Redis writes its title over its environment."""
        here = (process / "cwd").readlink()
        return here.is_relative_to(self.place) or f"DATA_DIR={self.place}".encode() in (process / "environ").read_bytes().split(b"\0")

    def _of(self, parent: int, word: str) -> list[int]:
        return [pid for pid, command in self.family().items() if word in command and _parent(pid) == parent]

    def victims(self, kind: str) -> list[int]:
        """The processes of a kind: worker, writer (the worker's hand, which writes mails and index), web, broker, beat."""
        mine = self.process.pid
        if kind == "worker":
            return self._of(mine, " worker -Q")
        if kind == "writer":
            return [pid for main in self._of(mine, " worker -Q") for pid in self._of(main, " worker -Q")]
        if kind == "web":
            return [pid for main in self._of(mine, "gunicorn") for pid in self._of(main, "gunicorn")]
        if kind == "web server":
            return self._of(mine, "gunicorn")
        return self._of(mine, {"broker": "127.0.0.1:", "beat": " beat -l"}[kind])

    def kill(self, pid: int):
        os.kill(pid, signal.SIGKILL)

    def interrupt(self):
        """Ctrl C in its terminal: the signal goes to the whole group in the foreground."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self):
        """Whatever a failed test left."""
        for pid in self.family():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.process:
            self.process.wait()


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return -1


def is_held(port: int) -> bool:
    """Whether somebody listens on a port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
