"""Where test servers are born: a process that has imported the server and forks one on demand."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from deploy import serve

ROOT = Path(__file__).resolve().parents[1]
# Importing the server takes seven eighths of its start, so each worker of a test run does it once.
FORKS = multiprocessing.get_context("forkserver")


def born(environment: dict[str, str], log: Path) -> ForkServerProcess:
    """`python -m deploy.serve` with this environment, in a process group of its own."""
    return forked(_serve, environment, str(log))


def forked(target: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """Begin this in a process that has the whole application imported and has run none of it."""
    FORKS.set_forkserver_preload([__name__])
    process = FORKS.Process(target=target, args=arguments)
    process.start()
    return process


def _serve(environment: dict[str, str], log: str) -> None:
    os.setsid()
    os.chdir(ROOT)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["deploy.serve"]
    sys.exit(serve.main())
