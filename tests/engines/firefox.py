"""Firefox, driven by WebDriver BiDi over a web socket."""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any

import websocket

from tests.engines.windows import HEIGHT, SECONDS, WIDTH, NotCallable, Window, need, running

# Where the browser tells on which port it listens.
LISTENING = "WebDriverBiDiServer.json"
# It asks nobody for news, and does not take a machine without network for a reason to load nothing.
PREFERENCES: dict[str, str | bool | int] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "da",
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.manage-offline-status": False,
    "nimbus.rollouts.enabled": False,
    "services.settings.server": "data:,nothing",
    "toolkit.telemetry.enabled": False,
}


@contextmanager
def firefox(folder: Path) -> Iterator[Window]:
    """A window of Firefox that keeps everything in this folder."""
    [program] = need(firefox_esr=shutil.which("firefox-esr"))
    profile = folder / "profile"
    profile.mkdir()
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines))
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--remote-debugging-port", "0"]
    log = folder / "firefox.log"
    with running(command, {"HOME": str(folder)}, log) as process:
        address = _listening(process, profile / LISTENING, log)
        with closing(
            websocket.create_connection(address, timeout=SECONDS, suppress_origin=True)
        ) as connection:
            yield FirefoxWindow(connection)


def _listening(process: Popen[bytes], file: Path, log: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while True:
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-4000:]
        if file.exists() and (text := file.read_text()):
            server = json.loads(text)
            return f"ws://{server['ws_host']}:{server['ws_port']}/session"
        time.sleep(0.05)


class FirefoxWindow(Window):
    """The first window of a Firefox."""

    def __init__(self, connection: websocket.WebSocket) -> None:
        self._connection = connection
        self._number = 0
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": WIDTH, "height": HEIGHT}
        self._in_page("browsingContext.setViewport", viewport=size)

    def open(self, address: str) -> None:
        self._in_page("browsingContext.navigate", url=address, wait="complete")

    def reload(self) -> None:
        self._in_page("browsingContext.reload", wait="complete")

    def picture(self) -> bytes:
        return base64.b64decode(self._in_page("browsingContext.captureScreenshot")["data"])

    def _called(self, function: str, text: str) -> str:
        answer = self._ask(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": text}],
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise NotCallable(answer["exceptionDetails"]["text"])
        value: str = answer["result"]["value"]
        return value

    def _in_page(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._ask(method, context=self._context, **parameters)

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to one command; what happens meanwhile is not listened to."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        self._connection.send(json.dumps(command))
        while (answer := json.loads(self._connection.recv())).get("id") != self._number:
            pass
        if answer["type"] == "error":
            raise NotCallable(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result
