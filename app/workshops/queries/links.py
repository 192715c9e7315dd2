"""The private link of a place, and what is said where a token is none any more."""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import select

from app.core.database import db
from app.core.refusals import Refusal
from app.core.secrets import purpose_key
from app.core.tokens import token_hash
from app.workshops.models import Enrolment, ReplacedLink
from app.workshops.refusals import LinkHandedOver, LinkReplaced, NoSuchPlace
from app.workshops.rules.links import private_token


def token_of(enrolment: Enrolment) -> str:
    """The secret part of a place's private link as it is now."""
    return private_token(purpose_key("private links"), enrolment.id, enrolment.link_number)


def is_link(token: str, link_hash: bytes) -> bool:
    """Whether the token is the one whose hash is kept."""
    return compare_digest(token_hash(token), link_hash)


def why_closed(token: str) -> Refusal:
    """What to say of a token that opens no place."""
    statement = (
        select(Enrolment.handed_to_id)
        .join(ReplacedLink, ReplacedLink.enrolment_id == Enrolment.id)
        .where(ReplacedLink.link_hash == token_hash(token))
    )
    replaced = db.session.execute(statement).first()
    if replaced is None:
        return NoSuchPlace()
    return LinkReplaced() if replaced.handed_to_id is None else LinkHandedOver()
