"""Why a whole event is not deleted or taken off the public pages."""

from __future__ import annotations

from app.core.refusals import Refusal
from app.core.texts import _l


class HasPeople(Refusal):
    """They were told of it, and would find a page that is gone."""

    sentence = _l(
        "The event stays public: %(enrolled)s enrolled or waiting, %(applied)s applied. Call it "
        "off, and they are written to."
    )


class KindStays(Refusal):
    """Places, a plan, applications or doors hang on it, and fit its kind alone."""

    field = "kind"
    sentence = _l("Something hangs on the event already, so that its kind stays.")


class HasHistory(Refusal):
    """What hangs on the draft belongs to people, or tells what happened."""

    sentence = _l("The draft cannot be deleted: %(reason)s.")


class TooLateToTakeBack(Refusal):
    """A letter has left, or nothing was told in the last two minutes."""

    sentence = _l(
        "The letters have left already, so it cannot be taken back. Move the event again, or write "
        "to everyone."
    )
