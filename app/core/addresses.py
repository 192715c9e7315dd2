"""Absolute addresses, always made from the base URL of the settings, never from a request."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app, request

# What a sign-in link can remember as the page to go on to.
LONGEST_PATH = 500


def base_url() -> str:
    """The installation's own address without a slash at its end."""
    url: str = current_app.config["BASE_URL"]
    return url


def returns_url() -> str:
    """Where notices about letters that did not arrive come to; empty where nobody looks."""
    url: str = current_app.config["RETURNS_URL"]
    return url


def link_to(endpoint: str, **values: object) -> str:
    """The absolute address of a page; works in the worker and in commands too."""
    parts = urlsplit(base_url())
    adapter = current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme)
    return adapter.build(endpoint, values, force_external=True)


def own_path(target: str | None) -> str | None:
    """The target if it is a path of ours, else None: `next` leads nowhere else."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if len(target) > LONGEST_PATH:
        return None
    if "\\" in target or any(ord(c) < 32 for c in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def came_from() -> SplitResult | None:
    """The page of ours on which this request was made, as the browser tells it."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    ours = parts.netloc == request.host and own_path(parts.path)
    return parts if ours else None


def path_before() -> str | None:
    """The path of that page, as `request.path` was there."""
    parts = came_from()
    return unquote(parts.path) if parts else None
