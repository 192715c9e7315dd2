"""A window of any engine: opens addresses and calls functions in its page, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

# Only what never comes takes as long: a browser beside much other work takes its time.
SECONDS = 120
SECONDS_TO_GO = 10
WIDTH, HEIGHT = 390, 844


class NotCallable(Exception):
    """The function failed, or its page went away meanwhile."""


class Window(ABC):
    """One window of one browser."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to this address and wait until it is loaded."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page anew and wait until it is there."""

    @abstractmethod
    def picture(self) -> bytes:
        """What stands on the screen, as PNG."""

    @abstractmethod
    def _called(self, function: str, text: str) -> str:
        """What an asynchronous function of one text answers."""

    def call(self, function: str, *arguments: object) -> Any:
        """The answer of a JavaScript function, waited for; all of it as JSON."""
        called = (
            f"async (text) => JSON.stringify((await ({function})(...JSON.parse(text))) ?? null)"
        )
        return json.loads(self._called(called, json.dumps(arguments)))

    def until(self, condition: str, *arguments: object) -> None:
        """Ask again and again until it holds; while one page follows another nobody answers."""
        deadline = time.monotonic() + SECONDS
        answer: object = None
        while answer is not True:
            assert time.monotonic() < deadline, (condition, answer)
            try:
                answer = self.call(
                    f"async (...all) => Boolean(await ({condition})(...all))", *arguments
                )
            except NotCallable as failed:
                answer = str(failed)
            time.sleep(0.05)


@contextmanager
def running(
    command: list[str], environment: dict[str, str], log: Path, passed: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A program and all that it begins, in a process group that ends with the block."""
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            pass_fds=passed,
        ) as process,
    ):
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to go, so that it tidies up behind itself; then nothing of it is left."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_GO)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def need(**programs: str | None) -> list[str]:
    """The paths of these programs; where one is missing the test is left out with the reason."""
    missing = [name.replace("_", "-") for name, path in programs.items() if path is None]
    if missing:
        reason = f"not installed: {', '.join(missing)}"
        assert not os.environ.get("TORVET_TEST_SKIPS_NOTHING"), f"{reason}; .ci/run installs them"
        pytest.skip(reason)
    return [path for path in programs.values() if path is not None]
