"""How the trail of the plan and its registers reads."""

from __future__ import annotations

from app.core.texts import _l
from app.programme.rules import ProgrammeVerb

VERBS = {
    ProgrammeVerb.ADDED: _l("added"),
    ProgrammeVerb.ALLOCATED: _l("person-years set"),
    ProgrammeVerb.ENDED: _l("ended"),
    ProgrammeVerb.HANDED_OVER: _l("handed over"),
    ProgrammeVerb.CORRECTED: _l("corrected"),
    ProgrammeVerb.TAKEN_BACK: _l("taken back"),
}
