"""Starts the processes of one machine, brings back those that die, and stops them all together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
STEADY_AFTER = 10.0  # seconds a process must live for its next death to count as the first
FIRST_DELAY, LONGEST_DELAY = 0.3, 8.0  # seconds before a process that keeps dying is started again
PATIENCE = 12.0  # seconds a process has to stop by itself
TICK = 0.1


@dataclass
class Child:
    """One process to keep alive. `death_signal` is what it gets when the supervisor itself is killed.

    `waits` holds its first start back until the others are ready, so that pages come first on a small machine.
    """

    name: str
    command: list[str]
    fds: tuple[int, ...] = ()
    death_signal: int = signal.SIGTERM
    waits: bool = False
    stops_last: bool = False
    quiet: bool = False  # its standard output says nothing worth reading; errors are always shown
    process: subprocess.Popen | None = field(default=None, repr=False)
    started_at: float = 0.0
    start_again_at: float = 0.0
    delay: float = 0.0


class Supervisor:
    """Runs until told to stop by Ctrl C or SIGTERM; every child leads a process group of its own."""

    def __init__(self, children: list[Child], environment: dict[str, str], say: Callable[[str], None]):
        self.children = children
        self.environment = environment
        self.say = say
        self.told_to_stop = False
        self.is_ready = False

    def run(self, ready: Callable[[], bool] = lambda: True, when_ready: Callable[[], None] = lambda: None) -> None:
        """Start all, call `when_ready` once as soon as `ready` says so, and stay until told to stop."""
        before = {number: signal.signal(number, self._stop_asked) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            while not self.told_to_stop:
                self._tend()
                if not self.is_ready and ready():
                    self.is_ready = True
                    when_ready()
                time.sleep(TICK)
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Ask all to end, those that others lean on last; kill what does not."""
        for last in (False, True):
            leaving = [child for child in self.children if child.process and child.stops_last == last]
            for child in leaving:
                with contextlib.suppress(ProcessLookupError):
                    child.process.terminate()
            deadline = time.monotonic() + PATIENCE
            for child in leaving:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                _end_group(child.process.pid)
                child.process.wait()
                child.process = None

    def _stop_asked(self, number, frame) -> None:
        self.told_to_stop = True

    def _tend(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._note_death(child, now)
            if child.process is None and now >= child.start_again_at and (self.is_ready or not child.waits):
                self._start(child, now)

    def _note_death(self, child: Child, now: float) -> None:
        _end_group(child.process.pid)  # what it left behind would hold its locks and its port
        lived = now - child.started_at
        child.delay = FIRST_DELAY if lived > STEADY_AFTER else min(max(child.delay * 2, FIRST_DELAY), LONGEST_DELAY)
        child.start_again_at = now + child.delay
        self.say(f"{child.name} ended ({_how(child.process.returncode)}) after {lived:.0f} s; starting it again in {child.delay:.1f} s.")
        child.process = None

    def _start(self, child: Child, now: float) -> None:
        child.started_at = now
        child.process = subprocess.Popen(  # noqa: S603 - the commands are ours
            child.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if child.quiet else None,
            pass_fds=child.fds,
            start_new_session=True,  # Ctrl C reaches the supervisor alone, which then stops all in order
            preexec_fn=_dying_with_parent(child.death_signal),
        )


def _dying_with_parent(number: int) -> Callable[[], None] | None:
    """What a new process does first so that it does not outlive us; Linux alone can promise it."""
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def promise() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return promise


def _end_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _how(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with status {code}"
