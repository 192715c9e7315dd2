"""Style sheets and pictures: kept for ever under an address that changes with their content."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.core.static_files import folder_hash
from tests.pages import InspectingClient


def address(app: Flask, path: str) -> str:
    return str(app.jinja_env.globals["static_url"](path))


def test_an_address_with_the_hash_is_kept_for_ever(app: Flask, client: InspectingClient) -> None:
    answer = client.get(address(app, "css/app.css"), buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_plain_address_is_asked_for_again(client: InspectingClient) -> None:
    first = client.get("/static/css/app.css", buffered=True)
    assert first.headers["Cache-Control"] == "max-age=60, public"
    again = client.get("/static/css/app.css", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_what_is_not_there_is_not_found(app: Flask, client: InspectingClient) -> None:
    assert client.get(address(app, "css/nothing.css")).status_code == 404
    assert client.get("/static/../config.py").status_code == 404


def test_the_hash_follows_content_and_names_but_not_compressed_copies(tmp_path: Path) -> None:
    (tmp_path / "app.css").write_text("a {}")
    before = folder_hash(tmp_path)
    (tmp_path / "app.css.br").write_bytes(b"packed")
    assert folder_hash(tmp_path) == before
    (tmp_path / "app.css").write_text("b {}")
    changed = folder_hash(tmp_path)
    (tmp_path / "app.css").rename(tmp_path / "page.css")
    assert len({before, changed, folder_hash(tmp_path)}) == 3
