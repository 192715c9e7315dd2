"""The demo's own city and team, and what they wrote into the report of 2010."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.installation import services as installation
from app.installation.queries import first_values
from app.installation.wording import TeamContact
from app.reports import services as reports

NAMES = {
    "team": {"da": "TaskForce Integration", "ar": "فريق العمل للاندماج"},
    "municipality": {
        "da": "Københavns Kommune",
        "en": "the City of Copenhagen",
        "ar": "بلدية كوبنهاغن",
    },
    "city": {"da": "København", "en": "Copenhagen", "ar": "كوبنهاغن"},
    "administration": {
        "da": "Beskæftigelses- og Integrationsforvaltningen",
        "en": "the Employment and Integration Administration",
        "ar": "إدارة التشغيل والاندماج",
    },
    "committee": {
        "da": "Beskæftigelses- og Integrationsudvalget",
        "en": "the Employment and Integration Committee",
        "ar": "لجنة التشغيل والاندماج",
    },
}
MAIL, PHONE = "integration@torvet.example", "+4533000000"
HOURS = {"da": "Mandag til torsdag 9–15", "en": "Monday to Thursday 9–15"}
HOURS_IN_ARABIC = {"ar": "من الاثنين إلى الخميس 9–15"}
WRITTEN = datetime(2011, 1, 10, 9, tzinfo=UTC)
_TEXTS = json.loads((Path(__file__).resolve().parents[1] / "report_2010.json").read_text("utf-8"))


def say_whose_it_is() -> None:
    """The names, and how the team is reached where the settings do not say it."""
    told = first_values().contact
    contact = TeamContact(told.mail or MAIL, told.phone or PHONE, {**HOURS, **HOURS_IN_ARABIC})
    with unit_of_work():
        installation.save(NAMES, contact)


def write_the_report_of_2010() -> None:
    """What the editors wrote that year."""
    with at(WRITTEN), unit_of_work():
        for key, words in _TEXTS.items():
            reports.edit_text(2010, key, words)
