"""What a phone lacks, in the lead's words: what is wrong and what to do."""

from collections.abc import Mapping
from typing import Final

from app.core.texts import Lazy, _l
from app.devices.rules.readiness import Lack

LACKS: Final[Mapping[Lack, Lazy]] = {
    Lack.UNPAIRED: _l("Not paired: show its code and scan it with the phone."),
    Lack.UNSEEN: _l("Not seen for a day and a half: open the door's page on the phone."),
    Lack.NO_LIST: _l("No list: keep the door's page open while there is network."),
    Lack.OLD_LIST: _l("An old list: let the phone have network for a moment."),
    Lack.NO_CAMERA: _l("No camera: allow it in the phone's browser."),
    Lack.UNTESTED: _l("No test scan: scan any ticket of the event under “Is this phone ready?”."),
    Lack.CLOCK: _l("Its clock is wrong: let the phone set the time by itself."),
    Lack.UNSENT: _l("Unsent scans: let the phone have network until none are left."),
}
