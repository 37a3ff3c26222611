"""A portal started as people start it, and what is left of it afterwards."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil

from tests.project.production import REPOSITORY, environment

START_SECONDS = 300
STOP_SECONDS = 30


class Demo:
    """`manage.py serve` in a folder of its own, on a free port."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = environment(var, PORT=str(self.port))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Leave nothing behind, whatever the test found."""
        self.kill()

    def start(self) -> str:
        """Start and return what was printed until the portal answered."""
        self.printed = self.var.parent / f"{self.var.name}.printed"
        with self.printed.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=REPOSITORY,
                env=self.env,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a terminal signals a whole group; so does stop()
            )
        self._wait()
        return self.printed.read_text()

    def stop(self, number: int = signal.SIGINT) -> int:
        """Signal every process as a terminal does; return the exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """Kill everything, the database included."""
        for process in self.alive():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        if self.process:
            self.process.wait(STOP_SECONDS)

    def kill_parent(self) -> None:
        """Kill the process that `make run` waits for; its worker and database stay behind."""
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def kill_postmaster(self) -> None:
        """Kill the database's first process."""
        lock = self.var / "postgresql" / "postmaster.pid"
        os.kill(int(lock.read_text().split()[0]), signal.SIGKILL)

    def alive(self) -> list[psutil.Process]:
        """Return the living processes of this demo."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def account(self) -> tuple[str, str]:
        """Return the printed account's name and password."""
        found = re.search(r"user (\S+) +password (\S+)", self.printed.read_text())
        assert found
        return found[1], found[2]

    def manage(self, *arguments: str) -> None:
        """Run a management command beside the running demo."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=REPOSITORY, env=self.env, check=True, capture_output=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while "Stop " not in self.printed.read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The demo did not start:\n{self.printed.read_text()}")
            time.sleep(0.1)

    def _owns(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            if process.name() == "postgres":
                return Path(process.cwd()).parent == self.var
            return self.process is not None and self.process.pid in (process.pid, process.ppid())
        except psutil.Error:
            return False


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def content_of(url: str) -> bytes:
    """Return the body of an answer, uncompressed."""
    with urllib.request.urlopen(url) as answer:
        return bytes(answer.read())


def status_of(url: str, **headers: str) -> int:
    """Return the HTTP status of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
