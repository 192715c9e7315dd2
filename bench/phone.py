"""The phone at the door: camera frame to verdict, and the page without network, on a slow device.

`python -m bench.phone` drives Chromium with four-fold CPU throttling and a list of 20,000 tickets.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from playwright.sync_api import CDPSession, Error, Page, sync_playwright

from app.tickets.drawing import matrix
from app.tickets.rules.codes import ticket_url
from bench.host import Place, place, seeded, served
from tests.browser.switches import launched
from tests.door.doorphone import DoorPhone, in_window

TICKETS = 20_000
CODES = 100
LOADS = 10
# Seconds after which a step has failed; each takes less than a third of it on two quiet cores.
PATIENCE = 180
SLOWER = 4
MOST_VERDICT_MS = 150.0
MOST_PAGE_MS = 1500.0
WORLD = {
    "events": [
        {
            "slug": "door",
            "kind": "workshop",
            "title": "Døren",
            "capacity": TICKETS,
            "starts": "2030-05-01T10:00:00+02:00",
            "ends": "2030-05-01T18:00:00+02:00",
            "gates": ["A"],
            "enrolments": TICKETS,
        }
    ]
}
# Times are taken in the page: when a frame with a new code reached the camera's picture, when the
# verdict opened, and when the page was ready.
CLOCK = """
(() => {
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 480;
  const pen = canvas.getContext("2d");
  const code = document.createElement("canvas");
  code.width = 640; code.height = 480;
  const blank = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, 640, 480); };
  const prepare = (rows) => {
    const ink = code.getContext("2d");
    ink.fillStyle = "#fff"; ink.fillRect(0, 0, 640, 480); ink.fillStyle = "#000";
    const side = Math.floor(440 / rows.length);
    rows.forEach((row, y) => [...row].forEach((dark, x) => {
      if (dark === "1") ink.fillRect(100 + x * side, 20 + y * side, side, side);
    }));
  };
  let showing = false;
  setInterval(() => { if (showing) pen.drawImage(code, 0, 0); else blank(); }, 33);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const failed = (what) => {
    const { open, dataset } = document.getElementById("verdict");
    const answer = open ? `the answer "${dataset.verdict}"` : "no answer";
    const status = document.getElementById("status").innerText.replaceAll(/\\s+/g, " ");
    return new Error(`no ${what} within 20 seconds; the page shows ${answer} and "${status}"`);
  };
  const soon = (what, coming) => {
    let timer;
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(failed(what)), 20000); });
    return Promise.race([coming, late]).finally(() => clearTimeout(timer));
  };
  globalThis.timed = (rows) => soon("verdict", measured(rows));
  const measured = async (rows) => {
    const dialog = document.getElementById("verdict");
    const video = document.getElementById("camera");
    prepare(rows);
    await pause(150);
    const opened = new Promise((resolve) => {
      const watching = new MutationObserver(() => {
        if (!dialog.open) return;
        watching.disconnect();
        requestAnimationFrame(() => resolve(performance.now()));
      });
      watching.observe(dialog, { attributes: true });
    });
    showing = true;
    pen.drawImage(code, 0, 0);
    const painted = performance.now();
    const framed = await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const shown = await opened;
    const answer = { look: dialog.dataset.look, painted: shown - painted, framed: shown - framed };
    showing = false;
    blank();
    await pause(100);
    dialog.close();
    await pause(200);
    return answer;
  };
  globalThis.ready = new Promise((resolve) => {
    const told = {};
    const look = () => {
      const status = document.getElementById("status");
      const video = document.getElementById("camera");
      if (status && !status.hidden) told.page ??= performance.now();
      if (video && video.currentTime > 0) told.camera ??= performance.now();
      if (told.page && told.camera) resolve(told); else setTimeout(look, 10);
    };
    look();
  });
  globalThis.loaded = () => soon("page with its camera", ready);
})();
"""


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    arguments = _arguments()
    with (
        tempfile.TemporaryDirectory(prefix="torvet-phone-", dir=arguments.folder) as base,
        place("sqlite", Path(base) / "sqlite") as where,
        sync_playwright() as playwright,
    ):
        with _step(f"making {TICKETS:,} tickets"):
            told = seeded(where, WORLD)["events"]["door"]
        browser = launched(playwright)
        figures = _measured(where, told, lambda address: _phone(browser, address, told))
        browser.close()
    for name, values, limit in figures:
        halves = f"p50 {_at(values, 50):7.0f} ms   p95 {_at(values, 95):7.0f} ms"
        print(f"{name:<44} {halves}{_floor(limit)}")
    return int(any(limit and statistics.median(values) > limit for _, values, limit in figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", help="where the database lies, on a real disk")
    return parser.parse_args()


def _phone(browser: Any, address: str, told: dict[str, Any]) -> DoorPhone:
    return DoorPhone(in_window(browser), address, told["devices"]["A"], camera=CLOCK)


Figure = tuple[str, list[float], float | None]


def _measured(
    where: Place, told: dict[str, Any], phone_at: Callable[[str], DoorPhone]
) -> list[Figure]:
    codes = [ticket["code"] for ticket in told["tickets"]]
    with served(where, "app:serve_app") as (address, _):
        phone = phone_at(address)
        with _step("bringing the list to the phone"):
            begun = time.perf_counter()
            page = phone.start(paired=False)
            phone.ready(TICKETS)
            listed = (time.perf_counter() - begun) * 1000
        cdp = page.context.new_cdp_session(page)
        _slow_down(cdp)
        with _step(f"scanning {CODES} codes, server at hand"):
            online = _verdicts(page, codes[:CODES])
    with _step(f"scanning {CODES} codes, no network"):
        offline = _verdicts(page, codes[CODES : 2 * CODES])
    with _step(f"opening the page {LOADS} times, no network"):
        loads = [_loaded(page, cdp) for _ in range(LOADS)]
    return [
        (f"list of {TICKETS:,} on a phone at full speed", [listed], None),
        ("frame to verdict, server at hand", [one["framed"] for one in online], MOST_VERDICT_MS),
        ("frame to verdict, no network", [one["framed"] for one in offline], MOST_VERDICT_MS),
        ("painted to verdict, no network", [one["painted"] for one in offline], None),
        ("page ready, no network", [one["page"] for one in loads], MOST_PAGE_MS),
        ("camera running, no network", [one["camera"] for one in loads], None),
    ]


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what is done and how long it took; end with a sentence where it fails or hangs."""

    def overdue(*_: object) -> NoReturn:
        raise SystemExit(f"The phone was not done with {what} within {PATIENCE} seconds.")

    sys.stderr.write(f"{what} … ")
    begun = time.monotonic()
    # A page that hangs answers nothing at all: only a clock outside it can tell.
    before = signal.signal(signal.SIGALRM, overdue)
    signal.alarm(PATIENCE)
    try:
        yield
    except AssertionError:
        raise SystemExit(f"The phone failed at {what}: what it waited for did not come.") from None
    except (Error, RuntimeError) as wrong:
        raise SystemExit(f"The phone failed at {what}: {str(wrong).splitlines()[0]}") from None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        sys.stderr.write(f"{time.monotonic() - begun:.0f} s\n")


def _slow_down(cdp: CDPSession) -> None:
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _verdicts(page: Page, codes: list[str]) -> list[dict[str, Any]]:
    found = []
    for code in codes:
        modules = matrix(ticket_url("https://torvet.example", code))
        rows = ["".join("01"[dark] for dark in row) for row in modules]
        answer = page.evaluate("rows => timed(rows)", rows)
        if answer["look"] != "green":
            raise RuntimeError(f"a ticket of the event was answered {answer}")
        found.append(answer)
    return found


def _loaded(page: Page, cdp: CDPSession) -> dict[str, Any]:
    page.reload()
    _slow_down(cdp)
    told: dict[str, Any] = page.evaluate("loaded()")
    return told


def _at(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _floor(limit: float | None) -> str:
    return f"   (median at most {limit:.0f})" if limit else ""


if __name__ == "__main__":
    sys.exit(main())
