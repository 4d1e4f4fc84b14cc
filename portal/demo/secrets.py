"""The demo makes its own secret key on the machine it runs on, and keeps it there."""

import secrets
from pathlib import Path


def demo_secret(path: Path) -> str:
    """The key in the file `path`, made on the first start."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text()
