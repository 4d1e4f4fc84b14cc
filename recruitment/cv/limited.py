"""Starts the reader of strangers' files in a process of its own, with little time and nothing of our environment."""

import json
import subprocess
import sys
from pathlib import Path

READER = Path(__file__).with_name("reader.py")
SECONDS = 15  # of wall clock; the process itself has less of processor


class Unreadable(Exception):
    """The file could not be read within the limits."""


def ask(wanted: str, kind: str, content: bytes) -> dict:
    """What the reader answers to `wanted` ("text" or "pages") about a file of `kind`; Unreadable otherwise."""
    try:
        run = subprocess.run(  # noqa: S603 - our own script, fixed words, the file on standard input
            [sys.executable, "-I", str(READER), wanted, kind],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={"LANG": "C.UTF-8"},
            cwd="/",
        )
        return json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError, OSError) as error:
        raise Unreadable(type(error).__name__) from error
