"""What the web servers in front of Torvet write into their logs: no secret address, no search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

DEPLOY = Path(__file__).parents[1] / "deploy"
CADDY = re.compile(r'request>uri regexp "(.+)" "\$1"')
NGINX = re.compile(r"~(\^/\(\?<kind>\S+) /\$kind/…;")
# Pages that anybody who holds their address may open.
SECRET = re.compile(r"^/(?!desk/|api/)\S*<(?:\w+:)?(?:token|code)>")


def caddy(address: str) -> str:
    """The address as Caddy writes it."""
    found = CADDY.search((DEPLOY / "Caddyfile").read_text())
    assert found
    return re.sub(found[1], lambda match: match[1] or "", address)


def nginx(address: str) -> str:
    """The address as nginx writes it: of the path alone."""
    text = (DEPLOY / "nginx.conf").read_text()
    found = NGINX.search(text)
    assert found
    assert "map $uri $logged_uri" in text
    path = address.partition("?")[0]
    secret = re.match(found[1].replace("?<", "?P<"), path)
    return f"/{secret['kind']}/…" if secret else path


def secret_addresses(app: Flask) -> list[str]:
    """An address of every page whose path holds a secret."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if SECRET.match(rule.rule)]
    return [re.sub(r"<(\w+:)?\w+>", "SECRET", rule) for rule in rules]


@pytest.mark.parametrize("logged", [caddy, nginx])
@pytest.mark.only_on("sqlite")
def test_no_secret_and_no_search_is_logged(app: Flask, logged: object) -> None:
    assert callable(logged)
    addresses = secret_addresses(app)
    assert len(addresses) > 10
    for address in (*addresses, *(f"{one}?language=ar" for one in addresses)):
        assert "SECRET" not in logged(address), address
    for address in ("/api/v1/checkin/people", "/desk/door/dialog/missing"):
        assert logged(f"{address}?q=Amina") == address
