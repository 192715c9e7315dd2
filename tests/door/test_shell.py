"""What the phone keeps of the page itself: the service worker's list, and the manifest."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from app.core.static_files import ROOT
from tests.pages import InspectingClient

pytestmark = pytest.mark.only_on("sqlite")

IMPORTED = re.compile(r'from "(\.[^"]+)"')
ADDRESS = re.compile(r'"(/static/[0-9a-f]+/([^"]+))"')


def kept(client: InspectingClient) -> tuple[str, set[str]]:
    """The prefix and the files of the service worker."""
    first, _, rest = client.get("/sw.js").text.partition(";\n")
    assert "addEventListener" in rest
    shell = json.loads(first.removeprefix("globalThis.shell = "))
    assert shell["version"] in shell["prefix"]
    return shell["prefix"], set(shell["files"])


def imports(file: Path) -> set[Path]:
    """A script with all that it is built of."""
    found = {(file.parent / one).resolve() for one in IMPORTED.findall(file.read_text())}
    return {file}.union(*(imports(one) for one in found))


def test_the_service_worker_is_asked_for_anew_each_time(client: InspectingClient) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert len(answer.data) < 8000


def test_the_service_worker_keeps_all_that_the_scanner_is_built_of(
    client: InspectingClient,
) -> None:
    prefix, files = kept(client)
    assert all((ROOT / name).is_file() for name in files)
    scripts = imports(ROOT / "js" / "door" / "main.js")
    assert {script.relative_to(ROOT).as_posix() for script in scripts} <= files
    assert "vendor/zxing/zxing_reader.wasm" in files
    for address, name in ADDRESS.findall(client.get("/door/").text):
        assert address.startswith(prefix)
        assert name in files


def test_the_manifest_puts_the_scanner_on_the_home_screen(client: InspectingClient) -> None:
    answer = client.get("/door/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = json.loads(answer.text)
    assert told["start_url"] == told["scope"] == "/door/"
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        with Image.open(ROOT / icon["src"].split("/", 3)[3]) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
