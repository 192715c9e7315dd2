"""What is made once and kept is made right, however many threads meet at the beginning."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.sources import ROOT

ROUNDS = 12
SECONDS = 300


@pytest.mark.slow
def test_every_kept_statement_is_the_same_whoever_builds_it() -> None:
    command = [sys.executable, "-m", "tests.core.building", str(ROUNDS)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert done.returncode == 0, done.stdout[:4000] + done.stderr[-2000:]
