"""What the shared tests need to know of each role: its addresses, and answers to its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.answers import Needs
from app.applications.rules.states import Role
from app.core.timetravel import at
from app.events.models import Event
from app.organisations.models import Organisation
from tests.applications.making import MAIL, NOW, again, drafted, festival, organisation
from tests.pages import InspectingClient

Fields = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """One role as its applicants and the desk meet it; the answers stand in the form's order."""

    role: Role
    part: str
    desk: str
    kind: str
    answers: dict[str, Fields]
    # What the answers come to: what is read on the page that checks them, and what is kept.
    read: str
    needs: Needs
    details: dict[str, Any]
    # A step filled in with fields that cannot be right, and the one that takes a number.
    wrong: tuple[str, Fields]
    number: tuple[str, str]
    # What is said of an empty first step, and on the page that checks them all.
    missing: tuple[str, ...]
    missing_at_the_end: str
    # The step that asks for power, and more of it than before.
    more_power: tuple[str, int]
    withdraw: str
    cancel: str

    @property
    def form(self) -> str:
        return f"/events/international-dag/apply/{self.part}"

    @property
    def steps(self) -> list[str]:
        return list(self.answers)

    @property
    def first(self) -> tuple[str, Fields]:
        return next(iter(self.answers.items()))

    def case_page(self, application: Application) -> str:
        """The desk's page of one application."""
        return f"/desk/{self.desk}/applications/{application.id}"

    def organisation(self, name: str = "Kvinder på Nørrebro", **facts: object) -> Organisation:
        """One that may ask for the role."""
        return organisation(name, MAIL, self.kind, **facts)

    def drafted(self, event: Event | None = None, made: Organisation | None = None) -> Application:
        """A draft with nothing in it."""
        return drafted(event or festival(), made or self.organisation(), MAIL, self.role)

    def fill_in(self, client: InspectingClient, application: Application) -> None:
        """Answer every step."""
        for key, answers in self.answers.items():
            client.send(f"{self.form}/{application.id}/{key}", answers)

    def sent_in(self, client: InspectingClient) -> Application:
        """The application that whoever is signed in has filled in and sent."""
        application = self.drafted()
        with at(NOW):
            self.fill_in(client, application)
            client.send(f"{self.form}/{application.id}/check", {})
        return own()


def own() -> Application:
    """The one application of MAIL, as the database has it now."""
    applications = asking.of_email(MAIL)
    assert len(applications) == 1
    return again(applications[0])


ASSOCIATION = Asked(
    role=Role.ASSOCIATION_STALL,
    part="association",
    desk="associations",
    kind="association",
    answers={
        "offer": {"sign": "Kvinder på Nørrebro", "offer": "Vi viser henna.", "taste": "no"},
        "place": {"frontage_cm": "300", "power_amp": "10", "water": "no", "wishes": ""},
        "day": {"contact_name": "Amal Yusuf", "contact_phone": "20 12 34 56", "helpers": "5"},
    },
    read="Vi viser henna.",
    needs=Needs(10, frontage_cm=300),
    details={"contact_phone": "+4520123456", "offer": "Vi viser henna."},
    wrong=("day", {"contact_phone": "abc", "helpers": "mange"}),
    number=("day", "helpers"),
    missing=(
        "Vil I dele mad eller drikke ud gratis? – Vælg et af svarene.",
        "Navn på skiltet – Skriv noget her.",
    ),
    missing_at_the_end="Skal I bruge strøm? – Vælg et af svarene.",
    more_power=("place", 16),
    withdraw="give-up-stall",
    cancel="/desk/vendors/applications/{}/cancel",
)
RESTAURANT = Asked(
    role=Role.FOOD_STALL,
    part="food",
    desk="vendors",
    kind="restaurant",
    answers={
        "menu": {"sign": "Café Damaskus", "cuisine": "middle_east", "menu": "Falafel 45 kr."},
        "place": {"frontage_cm": "300", "wheelchair": "no", "wishes": ""},
        "power": {"power_amp": "16", "phases": "1"},
        "kitchen": {"water": "yes", "gas": "no"},
        "papers": {"registered_until": "2027-12-31", "insured_until": ""},
        "day": {"contact_name": "Amal Haddad", "contact_phone": "21324354", "servings": "400"},
    },
    read="Falafel",
    needs=Needs(16, 1, water=True, frontage_cm=300),
    details={
        "contact_phone": "+4521324354",
        "menu": "Falafel 45 kr.",
        "registered_until": "2027-12-31",
    },
    wrong=("day", {"contact_phone": "abc", "servings": "mange"}),
    number=("day", "servings"),
    missing=(
        "Hvilket køkken laver I mad fra? – Vælg et af svarene.",
        "Navn på skiltet – Skriv noget her.",
    ),
    missing_at_the_end="Hvor meget strøm skal I bruge? – Vælg et af svarene.",
    more_power=("power", 32),
    withdraw="give-up-stall",
    cancel="/desk/vendors/applications/{}/cancel",
)
ARTIST = Asked(
    role=Role.ACT,
    part="act",
    desk="stage",
    kind="artist_group",
    answers={
        "act": {
            "title": "Oud og trommer",
            "genre": "music",
            "about": "Musik.",
            "minutes": "20",
            "performers": "3",
        },
        "technique": {"microphones": "0", "power_amp": "10", "wishes": ""},
        "day": {"contact_name": "Amal", "contact_phone": "+46 70 123 45 67"},
    },
    read="Oud og trommer",
    needs=Needs(10),
    details={"microphones": 0, "minutes": 20, "about": "Musik."},
    wrong=("act", {"title": "", "performers": "mange"}),
    number=("act", "performers"),
    missing=(
        "Hvad er det? – Vælg et af svarene.",
        "Hvad hedder jeres optræden? – Skriv noget her.",
    ),
    missing_at_the_end="Har I instrumenter eller maskiner med, som skal bruge strøm?"
    " – Vælg et af svarene.",
    more_power=("technique", 16),
    withdraw="give-up-act",
    cancel="/desk/stage/applications/{}/cancel",
)
ROLES = (ASSOCIATION, RESTAURANT, ARTIST)
for_each_role = pytest.mark.parametrize("asked", ROLES, ids=lambda asked: asked.part)
