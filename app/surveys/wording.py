"""What those who are asked are called, and how far an invitation came."""

from collections.abc import Mapping

from app.core.texts import Lazy, _l
from app.surveys.rules import Audience, Disposition

AUDIENCE_NAMES: Mapping[Audience, Lazy] = {
    Audience.ATTENDANCE: _l("Those who came"),
    Audience.ENROLMENTS: _l("Those enrolled"),
    Audience.ORGANISATIONS: _l("Accepted organisations"),
    Audience.ADVISORY: _l("Recipients of advice"),
    Audience.OPEN: _l("Entered from paper or a panel"),
}
DISPOSITION_NAMES: Mapping[Disposition, Lazy] = {
    Disposition.PLANNED: _l("Planned, not sent"),
    Disposition.SENT: _l("Sent, nothing heard"),
    Disposition.BOUNCED: _l("Mail came back"),
    Disposition.OPENED: _l("Begun, no answers"),
    Disposition.PARTIAL: _l("Partly answered"),
    Disposition.COMPLETE: _l("Answered"),
    Disposition.REFUSED: _l("Said no, thank you"),
}
