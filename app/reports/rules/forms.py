"""The forms in which a report leaves, each kept to the byte when it is locked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ReportFormat(StrEnum):
    """What a version is kept as; `paper` is the report itself, which pages are drawn from."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"
    PAPER = "paper"


# How a file of each form ends, and what it is for a browser: the page is a file of its own with
# its rules of style in it, to be saved and opened, never one of ours.
FILES: Final[Mapping[ReportFormat, tuple[str, str]]] = {
    ReportFormat.HTML: ("html", "application/octet-stream"),
    ReportFormat.TEXT: ("txt", "text/plain"),
    ReportFormat.JSON: ("json", "application/json"),
}
