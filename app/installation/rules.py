"""What has a name here, how texts name it, and what is done to the installation's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.audit_verbs import AuditVerb
from app.core.languages import DEFAULT, LANGUAGES

ONLY = 1
# Whatever has a name; texts of ours and of the staff name it in braces: {team}.
NAMED = ("city", "municipality", "administration", "committee", "team")


class InstallationVerb(AuditVerb):
    """What was done to it."""

    CHANGED = "changed"
    LOGO_SET = "logo_set"
    LOGO_REMOVED = "logo_removed"


# How much of a logo's file, a PNG, tells its size.
HEAD_BYTES = 24


@dataclass(frozen=True)
class LogoFacts:
    """What a page needs to show the logo: what its address ends in, and its size."""

    key: str
    width: int
    height: int


def logo_facts(key: str, head: bytes | None) -> LogoFacts | None:
    """What the head of the logo's file tells; None without a logo."""
    if not head:
        return None
    return LogoFacts(key, int.from_bytes(head[16:20]), int.from_bytes(head[20:24]))


def filled(text: str, names: Mapping[str, str]) -> str:
    """A text with the names in their places; braces that name nothing of ours stay."""
    if "{" in text:
        for name, word in names.items():
            text = text.replace(f"{{{name}}}", word)
    return text


def names_somebody(document: Any) -> bool:
    """Whether any text of a document holds one of the names."""
    if isinstance(document, Mapping):
        return any(map(names_somebody, document.values()))
    if isinstance(document, list | tuple):
        return any(map(names_somebody, document))
    return isinstance(document, str) and any(f"{{{name}}}" in document for name in NAMED)


def named(document: Any, names: Mapping[str, Mapping[str, str]], language: str = DEFAULT) -> Any:
    """A document with every text's names in their places, each in the text's own language."""
    if isinstance(document, Mapping):
        return {
            key: named(part, names, key if key in LANGUAGES else language)
            for key, part in document.items()
        }
    if isinstance(document, list | tuple):
        return [named(part, names, language) for part in document]
    return filled(document, names[language]) if isinstance(document, str) else document
