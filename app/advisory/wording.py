"""How the trail of a request for help reads."""

from __future__ import annotations

from app.advisory.rules import AdvisoryVerb, RequisitionState
from app.core.texts import _l

VERBS = {
    AdvisoryVerb.REQUESTED: _l("received"),
    AdvisoryVerb.AGREED: _l("agreed"),
    AdvisoryVerb.SCHEDULED: _l("scheduled"),
    AdvisoryVerb.HELD: _l("held"),
    AdvisoryVerb.CLOSED: _l("closed"),
    AdvisoryVerb.MADE_WORKSHOP: _l("made a workshop"),
    AdvisoryVerb.LOGGED: _l("logged"),
    AdvisoryVerb.CORRECTED: _l("corrected"),
    AdvisoryVerb.TAKEN_BACK: _l("taken back"),
}

STATES = {
    RequisitionState.REQUESTED: _l("requested"),
    RequisitionState.AGREED: _l("agreed"),
    RequisitionState.SCHEDULED: _l("scheduled"),
    RequisitionState.HELD: _l("held"),
    RequisitionState.CLOSED: _l("closed"),
}
