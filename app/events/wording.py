"""What kinds and states of events are called in the reader's language."""

from __future__ import annotations

from app.core import pictures
from app.core.pictures import PictureFault
from app.core.texts import Lazy, _l
from app.events.rules import KINDS, EventState

KIND_NAMES: dict[str, Lazy] = {kind: _l(traits.name) for kind, traits in KINDS.items()}
KIND_PLURALS: dict[str, Lazy] = {kind: _l(traits.plural) for kind, traits in KINDS.items()}
STATE_NAMES: dict[str, Lazy] = {
    EventState.DRAFT: _l("Draft"),
    EventState.PUBLISHED: _l("Published"),
    EventState.MOVED: _l("Moved"),
    EventState.HELD: _l("Held"),
    EventState.CANCELLED: _l("Cancelled"),
}
# Why a picture is not taken, and what to do instead.
PICTURE_FAULTS: dict[PictureFault, Lazy] = pictures.PICTURE_FAULTS | {
    PictureFault.TOO_SMALL: _l(
        "The picture is too small: it would be blurred. It takes 600 points one way and 300 the "
        "other at least."
    ),
}
# What an event can be about.
TOPIC_NAMES: dict[str, Lazy] = {
    "foraeldredialog": _l("Dialogue with parents"),
    "proceskonsulent": _l("Process consultants"),
    "medborgerskab": _l("Citizenship"),
}
