"""Finds the Chromium that the browser tests drive, or installs one; prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The one without a window comes first: a page in it takes three quarters of the processor time
# (the browser tests that use no camera, 35 s against 48 s), a new window a quarter.
NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell", "headless_shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
PACKAGES = ("chromium-headless-shell", "chromium")
ADVICE = (
    "No Chromium could be found or installed. Install one (Debian: apt-get install chromium) "
    "or name one: make test CHROMIUM=/path/to/chromium"
)


def find() -> str | None:
    """The path of a Chromium on this machine: the one named, a well-known one, Playwright's."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _downloaded()


def _downloaded() -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    builds = sorted(Path(folder).glob("chromium*/chrome*linux*/*"))
    programs = {"chrome", "headless_shell", "chrome-headless-shell"}
    return next((str(one) for one in builds if one.name in programs), None)


def _install() -> None:
    """Playwright's own download; as root on Debian, the first package that it has."""
    print("No Chromium found: installing one …", file=sys.stderr, flush=True)
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(download, check=False, stdout=sys.stderr).returncode == 0 and find():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "--yes", "--no-install-recommends"]
        for words in (["update"], *([*install, package] for package in PACKAGES)):
            if find() is None:
                command = ["apt-get", "--quiet", *words]
                subprocess.run(command, check=False, stdout=sys.stderr, env=quiet)


def main() -> int:
    """Print the path; 1 with advice where there is none."""
    if find() is None and not os.environ.get("CHROMIUM"):
        _install()
    path = find()
    print(path or ADVICE, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
