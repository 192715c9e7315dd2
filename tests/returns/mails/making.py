"""Fills in the mails of this folder: the letter they are about, and whom it was for."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
MESSAGE_ID = "<k3Jx0q9ZtT2mVb7cWd5fRg8hLn1pQs4u@torvet.example>"
RECIPIENT = "aya@post.example"


def mail(
    name: str, message_id: str = MESSAGE_ID, recipient: str = RECIPIENT, **parts: str
) -> bytes:
    """The mail of that name as it would lie in our mailbox; `parts` replace more words."""
    text = (FOLDER / f"{name}.eml").read_text()
    for word, value in {"MESSAGE-ID": message_id, "RECIPIENT": recipient, **parts}.items():
        text = text.replace(f"@{word}@", value)
    return text.encode()


def names(*beginnings: str) -> list[str]:
    """All mails here whose names begin so."""
    found = [file.stem for file in FOLDER.glob("*.eml")]
    return sorted(name for name in found if name.startswith(beginnings))
