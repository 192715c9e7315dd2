"""The logo on what leaves the house: letters, tickets, badges, door lists and the report."""

from __future__ import annotations

from base64 import b64encode

from markupsafe import Markup

from app.core.attachments import LOGO, Attachment
from app.core.owner import owner
from app.installation.queries import logo

# An SVG around it: papers are made from texts alone.
_AROUND = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
    '<image width="{w}" height="{h}" href="{address}"/></svg>'
)


def for_letter(_ident: str, _language: str) -> Attachment:
    """The logo as a letter shows it within itself."""
    return Attachment("logo.png", "image/png", logo(owner().logo.key), LOGO)


def as_address() -> str:
    """The logo as an address that holds all of it; nothing where there is none."""
    facts = owner().logo
    return f"data:image/png;base64,{b64encode(logo(facts.key)).decode()}" if facts else ""


def for_paper() -> dict[str, str]:
    """What the typst templates take: the logo, or nothing, and what is read out for it."""
    address, facts = as_address(), owner().logo
    drawn = _AROUND.format(w=facts.width, h=facts.height, address=address) if facts else ""
    return {"logo": str(drawn), "logo_alt": owner().team}
