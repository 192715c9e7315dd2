"""WebKit as GTK has it, driven by WebDriver, on a screen that nobody sees."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from subprocess import Popen

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote, WebKitGTKOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection

from tests.engines.windows import HEIGHT, SECONDS, WIDTH, NotCallable, Window, need, running
from tests.running import free_port

BROWSERS = "webkit2gtk-4.*/MiniBrowser"
# The last argument is the function that takes the answer.
CALLED = """
const [text, done] = arguments;
({function})(text).then((answer) => done([answer, null]), (error) => done([null, String(error)]));
"""


@contextmanager
def webkit(folder: Path) -> Iterator[Window]:
    """A window of WebKit that keeps everything in this folder."""
    driver, screen, browser = need(
        webkit2gtk_driver=shutil.which("WebKitWebDriver"),
        xvfb=shutil.which("Xvfb"),
        webkit2gtk=next((str(one) for one in sorted(Path("/usr/lib").glob(f"*/{BROWSERS}"))), None),
    )
    places = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR")
    quiet = {"NO_AT_BRIDGE": "1", "GSETTINGS_BACKEND": "memory", "LANG": "C.UTF-8"}
    environment = dict.fromkeys(places, str(folder)) | quiet
    log = folder / "driver.log"
    with _display(screen, folder) as display:
        port = free_port()
        command = [driver, "--host=127.0.0.1", f"--port={port}"]
        with running(command, environment | {"DISPLAY": display}, log) as process:
            _wait_until_heard(process, port, log)
            with _driven(f"http://127.0.0.1:{port}", browser) as remote:
                yield WebKitWindow(remote)


@contextmanager
def _display(program: str, folder: Path) -> Iterator[str]:
    """A screen of its own; the server chooses a free number and tells it."""
    told, telling = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    command = [program, "-displayfd", str(telling), "-screen", "0", size, "-nolisten", "tcp"]
    with os.fdopen(told) as reading, running(command, {}, folder / "screen.log", (telling,)):
        os.close(telling)
        number = reading.readline().strip()
        assert number, (folder / "screen.log").read_text()[-4000:]
        yield f":{number}"


def _wait_until_heard(process: Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-4000:]
        try:
            with closing(socket.create_connection(("127.0.0.1", port))):
                return
        except OSError:
            time.sleep(0.05)


@contextmanager
def _driven(address: str, browser: str) -> Iterator[Remote]:
    """A driver that runs already is asked, so that Selenium looks for none."""
    options = WebKitGTKOptions()
    options.binary_location = browser
    options.add_argument("--automation")
    config = ClientConfig(remote_server_addr=address, timeout=SECONDS)
    connection = RemoteConnection(client_config=config, ignore_proxy=True)
    remote = Remote(command_executor=connection, options=options)
    try:
        remote.set_script_timeout(SECONDS)
        remote.set_page_load_timeout(SECONDS)
        yield remote
    finally:
        with suppress(WebDriverException):
            remote.quit()


class WebKitWindow(Window):
    """The one window of a WebKit."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        remote.set_window_rect(0, 0, WIDTH, HEIGHT)

    def open(self, address: str) -> None:
        self._remote.get(address)

    def reload(self) -> None:
        self._remote.refresh()

    def picture(self) -> bytes:
        return self._remote.get_screenshot_as_png()

    def _called(self, function: str, text: str) -> str:
        try:
            answer, fault = self._remote.execute_async_script(
                CALLED.replace("{function}", function), text
            )
        except WebDriverException as failed:
            raise NotCallable(failed.msg) from failed
        if answer is None:
            raise NotCallable(fault)
        return str(answer)
