"""What leaves with a letter or from a page as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response, make_response

# Under this name every letter shows the logo where there is one, and makes it when it is sent.
LOGO = "inline-logo"


@dataclass(frozen=True)
class Attachment:
    """A finished file; `content_id` set means that the letter shows it within itself."""

    filename: str
    mimetype: str
    content: bytes
    content_id: str | None = None
    # What its type says besides, such as the method of a calendar file.
    parameters: Mapping[str, str] = field(default_factory=dict)


# Renders one attachment from what follows the colon in its name, in the letter's language.
Renderer = Callable[[str, str], Attachment]


def file_response(attachment: Attachment) -> Response:
    """The file for download: never shown by the browser as a page of ours."""
    response = make_response(attachment.content)
    response.mimetype = attachment.mimetype
    response.mimetype_params.update(attachment.parameters)
    response.headers["Content-Disposition"] = f'attachment; filename="{attachment.filename}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
