"""Organisations and their applications for a festival, each made by the verbs people use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.applications.rules.answers import Needs
from app.applications.rules.states import CONFIRM_DAYS, Role
from app.applications.services import deciding, writing
from app.applications.services.own_questions import answered_in
from app.demo.rules import names
from app.demo.rules.names import Invented
from app.demo.services import own_questions
from app.organisations import services as organisations
from app.organisations.models import Organisation
from app.organisations.rules import Actor, Contact
from app.organisations.wording import DISTRICTS

CATALOGUE_FIELDS = ("name", "activity", "district", "languages", "target_groups", "website")
LANGUAGES = ("tr", "so", "ar", "ur", "fa", "bs", "ku", "ta", "vi", "pl", "uk", "fr", "es", "sw")
# What an act is called among the names, and in the form.
GENRES = {"dans": "dance", "teater": "theatre", "fortælling": "words"}
GROUPS = ("children", "young", "parents", "women", "elders", "newcomers", "everyone")


@dataclass(frozen=True)
class Applicant:
    """An organisation with what it asks for and who acts for it."""

    organisation: Organisation
    actor: Actor
    role: Role
    details: dict[str, Any]
    needs: Needs


def associations(contacts: Iterator[Invented], number: int, skip: int = 0) -> list[Applicant]:
    """That many associations that want a stall."""
    chosen = names.associations(skip + number)[skip:]
    return [_association(name, next(contacts), skip + n) for n, name in enumerate(chosen)]


def restaurants(
    contacts: Iterator[Invented], number: int, skip: int = 0, suffix: str = ""
) -> list[Applicant]:
    """That many restaurants that want a food stall."""
    chosen = names.RESTAURANTS[skip : skip + number]
    return [
        _restaurant(name + suffix, cuisine, next(contacts), n)
        for n, (name, cuisine) in enumerate(chosen)
    ]


def artists(
    contacts: Iterator[Invented], number: int, skip: int = 0, suffix: str = ""
) -> list[Applicant]:
    """That many artists that want time on a stage."""
    chosen = names.ACTS[skip : skip + number]
    return [
        _artist(name + suffix, GENRES.get(genre, "music"), next(contacts), n)
        for n, (name, genre) in enumerate(chosen)
    ]


def send_in(event_id: int, applicant: Applicant) -> int:
    """Fill in and send the application; its number."""
    begun = writing.begin(applicant.actor, event_id, applicant.organisation.id, applicant.role)
    own = own_questions.answers(begun.id) if begun.asked_id else {}
    writing.submit(applicant.actor, begun.id, {**applicant.details, **own}, applicant.needs)
    answered_in(begun, begun.asked_id)
    return begun.id


def decide(
    staff_id: int, application_ids: list[int], decision: str, days: int = CONFIRM_DAYS
) -> None:
    """Prepare a decision for these and release it at once."""
    deciding.prepare(staff_id, application_ids, decision)
    deciding.release(application_ids, days)


def _found(kind: str, name: str, contact: Invented, n: int, activity: dict[str, str]) -> Any:
    keys = list(DISTRICTS)
    profile = {
        "activity": activity,
        "district": keys[n % len(keys)],
        "languages": ["da", LANGUAGES[n % len(LANGUAGES)]],
        "target_groups": [GROUPS[n % len(GROUPS)], GROUPS[(n * 3 + 1) % len(GROUPS)]],
        "members": 12 + (n * 37) % 180,
    }
    email = Contact(contact.email, contact.name, contact.language)
    made = organisations.register(kind, name, email, profile)
    actor = Actor(email=contact.email)
    shown = CATALOGUE_FIELDS if n % 7 else CATALOGUE_FIELDS[:2]
    organisations.save_consents(actor, made.id, [(field, "catalogue") for field in shown])
    return made, actor


def _association(name: str, contact: Invented, n: int) -> Applicant:
    activity = {
        "da": f"{name} samler naboer om mad, sang og gode samtaler. Alle er velkomne.",
        "en": "We bring neighbours together over food, song and good talk. Everyone is welcome.",
    }
    made, actor = _found("association", name, contact, n, activity)
    details = {
        "sign": name[:60],
        "offer": "Vi viser håndarbejde og fortæller om vores fredagscafé for nye familier.",
        "taste": ("no", "drinks", "tasting")[n % 3],
        "wishes": "",
        "contact_name": contact.name,
        "contact_phone": "+4520000000",
        "helpers": 3 + n % 6,
    }
    needs = Needs(power_amp=(0, 6, 10)[n % 3], water=n % 4 == 0, frontage_cm=300)
    return Applicant(made, actor, Role.ASSOCIATION_STALL, details, needs)


def _restaurant(name: str, cuisine: str, contact: Invented, n: int) -> Applicant:
    activity = {
        "da": f"Vi laver {cuisine} mad fra bunden og tager gryderne med ud på gaden.",
        "en": "We cook from scratch and bring the pots out into the street.",
    }
    made, actor = _found("restaurant", name, contact, n, activity)
    details = {
        "sign": name,
        "cuisine": "other",
        "menu": f"Tre små retter fra det {cuisine} køkken, en af dem uden kød.",
        "wheelchair": "no",
        "wishes": "",
        "contact_name": contact.name,
        "contact_phone": "+4520000000",
        "servings": 300 + 20 * n,
    }
    needs = Needs(power_amp=(10, 16)[n % 2], water=True, gas=n % 3 == 0, frontage_cm=300)
    return Applicant(made, actor, Role.FOOD_STALL, details, needs)


def _artist(name: str, genre: str, contact: Invented, n: int) -> Applicant:
    activity = {
        "da": f"{name} spiller for børn og voksne, og publikum må gerne være med.",
        "en": "We play for children and grown-ups, and the audience may join in.",
    }
    made, actor = _found("artist_group", name, contact, n, activity)
    details = {
        "title": name,
        "genre": genre,
        "about": "Et kvarter med rytmer, som publikum lærer undervejs.",
        "minutes": 30,
        "performers": 4,
        "microphones": 2,
        "wishes": "",
        "contact_name": contact.name,
        "contact_phone": "+4520000000",
    }
    return Applicant(made, actor, Role.ACT, details, Needs(power_amp=10))
