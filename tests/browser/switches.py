"""How every Chromium of the tests is started: without a window, and quiet on the network."""

from __future__ import annotations

from playwright.sync_api import Browser, Playwright

from deploy.chromium import find

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def launched(playwright: Playwright, *more: str) -> Browser:
    """Chromium with these switches besides the quiet ones."""
    path = find()
    assert path, "no Chromium: make test CHROMIUM=/path/to/chromium"
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *more])
