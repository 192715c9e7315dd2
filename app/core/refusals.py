"""A refusal is an exception with a sentence: why not, and what one can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from app.core.texts import Lazy, _l


class WayOn(NamedTuple):
    """A link out of a refusal: its words, and the endpoint it leads to.

    `values` names the facts of the refusal that the address takes.
    """

    label: Lazy
    endpoint: str
    values: tuple[str, ...] = ()


class Refusal(Exception):
    """Something a person or machine asked for and does not get.

    Subclasses give the sentence, the field of the form at which it stands, and the ways on.
    """

    status: ClassVar[int] = 409
    sentence: ClassVar[Lazy] = _l("That cannot be done right now.")
    field: ClassVar[str] = ""
    ways: ClassVar[tuple[WayOn, ...]] = ()
    # After how long the same may succeed, where waiting helps.
    seconds: int | None = None

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(type(self).__name__)

    @property
    def code(self) -> str:
        """The stable name machines see."""
        return "".join("-" + c.lower() if c.isupper() else c for c in type(self).__name__)[1:]

    def __str__(self) -> str:
        text = str(self.sentence)
        return text % self.facts if self.facts else text


class NotFound(Refusal):
    """It does not exist, or not for this reader: the two are told apart by nobody."""

    status = 404
    sentence = _l("We cannot find that page. Perhaps the link is old or cut short.")


class Forbidden(Refusal):
    """Known to be there, but not for these roles."""

    status = 403
    sentence = _l("You do not have access to this page.")


class SignInNeeded(Refusal):
    """No one is signed in."""

    status = 401
    sentence = _l("You must sign in first.")


class Invalid(Refusal):
    """Input that cannot be taken, with a sentence per field."""

    status = 422
    sentence = _l("Some of what you wrote must be corrected.")

    def __init__(self, errors: Mapping[str, object] | None = None, **facts: object) -> None:
        super().__init__(**facts)
        self.errors = dict(errors or {})


class Unavailable(Refusal):
    """Busy or not yet ready; the same request may succeed in a moment."""

    status = 503
    sentence = _l("Torvet is busy. Wait a moment and try again. Nothing was changed.")
    seconds = 2


class NotYet(Refusal):
    """Part of the contract that a later version fills."""

    status = 501
    sentence = _l("This is not ready yet.")
