"""Style sheets, scripts, pictures and fonts: their addresses carry a hash of all their contents."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise

ROOT = Path(__file__).resolve().parents[2] / "static"
PREFIX = "/static/"
# A plain address may change its content with the next release: ask again after a minute.
PLAIN_SECONDS = 60
COMPRESSED = {".br", ".gz"}


def serve_static(app: Flask, root: Path = ROOT) -> None:
    """Serve `root` below /static/<hash>/ for ever, and below /static/ for a minute.

    One hash for the whole folder: a script's own imports and a sheet's own pictures are relative
    addresses, so they move with it.
    """
    versioned = f"{PREFIX}{folder_hash(root)}/"
    static = WhiteNoise(
        app.wsgi_app,
        autorefresh=app.debug,
        max_age=PLAIN_SECONDS,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: not app.debug and url.startswith(versioned),
        add_headers_function=lambda headers, _path, _url: headers.add_header(
            "X-Content-Type-Options", "nosniff"
        ),
    )
    static.add_files(str(root), prefix=PREFIX)
    static.add_files(str(root), prefix=versioned)
    app.wsgi_app = static  # type: ignore[method-assign]
    app.extensions["static"] = versioned
    app.jinja_env.globals["static_url"] = static_url


def static_url(path: str) -> str:
    """The address of a file below static/ that stands for ever."""
    return f"{current_app.extensions['static']}{path}"


def kept_files(*patterns: str) -> tuple[str, list[str]]:
    """Where the hashed addresses begin, and which files below it these patterns name."""
    files = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    plain = sorted(files - {path for path in files if path.suffix in COMPRESSED})
    return static_url(""), [path.relative_to(ROOT).as_posix() for path in plain]


def folder_hash(root: Path) -> str:
    """Ten hexadecimal digits that change when any file's name or content does."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in COMPRESSED:
            digest.update(f"{path.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:10]
