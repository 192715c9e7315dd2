"""Whose installation this is: asked for once a request at most, by every page and letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g


@dataclass(frozen=True)
class Asking:
    """How the owner is asked for, handed in by create_app: the row stands above core."""

    current: Callable[[str | None], Any]
    last_known: Callable[[], Any]


def know_the_owner(app: Flask, asking: Asking) -> None:
    """Let every page and letter of the application ask for its owner."""
    app.extensions["owner"] = asking
    app.before_request(let_go)


def owner() -> Any:
    """Whose installation this is: asked for once a request at most."""
    if "owner" not in g:
        asking: Asking = current_app.extensions["owner"]
        g.owner = asking.current(g.get("owner_stamp"))
    return g.owner


def contact() -> Any:
    """How the team is reached."""
    return owner().contact


def note(stamp: str | None) -> None:
    """A statement of this request brought the stamp along; None where there is no row."""
    g.owner_stamp = stamp or ""


def let_go() -> None:
    """Begin a request, a letter or a job: whoever asks next learns how it is then."""
    g.pop("owner", None)
    g.pop("owner_stamp", None)


def settle_for_the_last() -> None:
    """Ask no database any more: the page tells that it does not answer."""
    if "owner" not in g:
        asking: Asking = current_app.extensions["owner"]
        g.owner = asking.last_known()


def first_ways() -> tuple[str, str]:
    """The mail address and phone of the settings: they hold until the desk's page is saved."""
    return current_app.config["CONTACT_MAIL"], current_app.config["CONTACT_PHONE"]
