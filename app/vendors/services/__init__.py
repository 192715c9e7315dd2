"""The verbs of the site plan.

Every verb locks in one order: applications, stalls, cabinets, taps, each by id. One part of a
stall has one live holding by a partial unique index; sums are read under the locks of the
cabinet and the tap.
"""

from __future__ import annotations

from app.vendors.services.ending import cancel, give_up, lapse, submit, withdraw
from app.vendors.services.giving import give, relocate
from app.vendors.services.laying import lay_out
from app.vendors.services.placing import (
    adjust,
    confirm,
    end_stale,
    hold,
    move,
    release,
    swap,
)
from app.vendors.services.reshaping import block, merge, share, unblock

__all__ = [
    "adjust",
    "block",
    "cancel",
    "confirm",
    "end_stale",
    "give",
    "give_up",
    "hold",
    "lapse",
    "lay_out",
    "merge",
    "move",
    "release",
    "relocate",
    "share",
    "submit",
    "swap",
    "unblock",
    "withdraw",
]
