"""Commands of the contract: what they refuse, and what they say until their version comes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "words",
    [
        ["import", "organisations", "list.csv", "--dry-run"],
        ["restore", "copy.db"],
        ["privacy", "sweep"],
        ["report", "2010", "--format", "pdf"],
        ["report", "2010", "--format", "docx"],
        ["catalogue", "map", "borders.geojson"],
    ],
)
def test_what_comes_later_says_so_and_exits_with_three(app: Flask, words: list[str]) -> None:
    done = app.test_cli_runner().invoke(args=words)
    assert (done.exit_code, done.output.strip()) == (3, "not yet")


def test_a_command_without_a_key_says_what_is_missing_and_nothing_else() -> None:
    bare = {"PATH": os.environ["PATH"]}
    program = [sys.executable, "-m", "flask", "--app", "app", "routes"]
    done = subprocess.run(program, env=bare, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: TORVET_SECRET_KEY must be set")
    assert "Traceback" not in done.stderr


@pytest.mark.only_on("sqlite")
def test_a_backup_is_a_sound_copy_and_never_overwrites(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    done = app.test_cli_runner().invoke(args=["backup", str(file)])
    assert done.exit_code == 0, done.output
    assert sqlite3.connect(file).execute("SELECT count(*) FROM events").fetchone() == (0,)
    again = app.test_cli_runner().invoke(args=["backup", str(file)])
    assert again.exit_code == 1
    assert "exists already" in again.output
    nowhere = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "nowhere" / "copy.db")])
    assert (nowhere.exit_code, "There is no folder" in nowhere.output) == (1, True)


def test_a_duty_is_given_by_command(app: Flask) -> None:
    run = app.test_cli_runner()
    good = run.invoke(args=["staff", "add", "Bo@Desk.example", "--duty", "analyst"])
    assert (good.exit_code, good.output) == (0, "bo@desk.example: analyst\n")
    assert run.invoke(args=["staff", "add", "no mail", "--duty", "analyst"]).exit_code == 1


def test_the_worker_does_what_is_due_once(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.output == "0 done\n"
