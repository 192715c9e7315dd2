"""What is wrong with a line of a list."""

from __future__ import annotations

from app.colleagues.rules import Fault
from app.core.texts import _l

# About one line of the list of those enrolled at once.
FAULT_SENTENCES = {
    Fault.NO_MAIL: _l("Line %(line)s: write the name, a comma and one whole mail address."),
    Fault.NO_NAME: _l("Line %(line)s: the name is missing."),
    Fault.NAME_TOO_LONG: _l("Line %(line)s: the name is longer than %(most)s letters."),
    Fault.TWICE: _l("Line %(line)s: the same person stands on a line above."),
}
