"""International Day in eight weeks: the plan of the street, and applications in every state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from app.applications.services import deciding, telling, writing
from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules.names import Invented
from app.demo.services import applicants, own_questions, painting, staging
from app.demo.services.applicants import Applicant
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import picturing
from app.events.services import scheduling as events
from app.events.services.scheduling import Plan
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.vendors.queries import holdings
from app.vendors.rules.specs import (
    CabinetSpec,
    PlanSpec,
    StallSpec,
    TapSpec,
    ZoneSpec,
)
from app.vendors.services import ending, laying, reserving

# Whose sign-in link `demo links` prints: of one association with a place, and of one that has
# not applied yet, so that the form can be tried.
ASSOCIATION = Contact("yusra@forening.example", "Yusra Kanaani")
EIGHT_WEEKS = timedelta(weeks=8)
STALLS = 24
BLOCKED = {5: "Brandvej", 12: "Indgang til gården", 18: "Træ med lave grene", 24: "Affald"}
# Stalls of those who have a place, in the order they were accepted.
PLACED = ((1,), (2, 4), (7,), (8, 10), (13, 15), (14, 16), (19,))
FIRST_NAME = 30
ZONES = {
    "A": {"da": "Køkkengaden", "en": "Kitchen Row", "ar": "زقاق المطابخ"},
    "B": {"da": "Foreningsgaden", "en": "Association Row", "ar": "زقاق الجمعيات"},
}
PICTURE_TEXT = {
    "da": "Tegning: boder med stribede markiser, flag over gaden og mennesker foran.",
    "en": "Drawing: stalls with striped awnings, bunting over the street and people before them.",
    "ar": "رسم: أكشاك بمظلات مخططة، وأعلام فوق الشارع، وناس أمامها.",
}
ACCESS = {
    "da": "Bus 5C til Stefansgade, metro til Nørrebros Runddel. Gaden er spærret for biler og "
    "uden trin. Der er toiletter ved Stefansgade, også et for kørestole.",
    "en": "Bus 5C to Stefansgade, metro to Nørrebros Runddel. The street is closed to cars and "
    "has no steps. There are toilets at Stefansgade, one of them for wheelchairs.",
    "ar": "الحافلة 5C إلى Stefansgade، والمترو إلى Nørrebros Runddel. الشارع مغلق أمام السيارات "
    "وبلا درجات. توجد مراحيض عند Stefansgade، أحدها للكراسي المتحركة.",
}
# Decided twelve days before loading: the places must not lapse while the demo is looked at.
DAYS_TO_CONFIRM = 40


def lay_out(people: Iterator[Invented], staff_id: int) -> None:
    """The event with its window open, its plan, and fourteen applications."""
    day = clock.local_time(clock.now() + EIGHT_WEEKS).date()
    starts = datetime.combine(day, time(11), COPENHAGEN)
    with at(clock.now() - timedelta(days=30)), unit_of_work():
        event = events.create(_festival(starts))
        closes = starts - timedelta(days=14)
        events.open_window(
            event, Purpose.APPLICATIONS, clock.now(), starts - timedelta(days=28), closes
        )
        events.publish(event)
        picturing.show(event, painting.street(), PICTURE_TEXT)
        own_questions.ask(event.id)
        laying.lay_out(event.id, street(starts - timedelta(hours=3)))
    with at(clock.now() - timedelta(days=12)):
        _applications(event, people, staff_id)
        _acts(event, people, staff_id)


def street(arrival: datetime) -> PlanSpec:
    """Twenty-four stalls in two zones, four cabinets and three taps."""
    return PlanSpec(
        zones=[ZoneSpec(code, name, arrival, "Anna, 20 99 00 11") for code, name in ZONES.items()],
        cabinets=[CabinetSpec(code, 63, 3) for code in "ABCD"],
        taps=[TapSpec("V1", 6), TapSpec("V2", 6), TapSpec("V3", 6)],
        stalls=[_stall(number) for number in range(1, STALLS + 1)],
        street_name={"da": "Nørrebrogade", "en": "Nørrebrogade", "ar": "نوربروغاده"},
    )


def _stall(number: int) -> StallSpec:
    return StallSpec(
        code=str(number),
        power_amp=16,
        cabinet="ABCD"[(number - 1) // 6],
        phase=1 + number % 3,
        tap=f"V{1 + (number - 1) // 8}",
        zone="A" if number <= STALLS // 2 else "B",
        frontage_cm=300,
        gas=number <= STALLS // 2,
        wheelchair=number % 4 == 0,
        blocked_because=BLOCKED.get(number, ""),
    )


def _festival(starts: datetime) -> Plan:
    return Plan(
        slug="international-dag",
        kind=EventKind.FESTIVAL,
        title={"da": "International Dag", "en": "International Day", "ar": "اليوم العالمي"},
        summary={
            "da": "Hele byen på én gade: mad, musik og mennesker fra hele verden.",
            "en": "The whole city in one street: food, music and people from all over the world.",
            "ar": "المدينة كلها في شارع واحد: طعام وموسيقى وناس من كل أنحاء العالم.",
        },
        description={
            "da": "Foreninger fortæller om det, de laver. Restauranter laver smagsprøver. "
            "Der er musik på scenen hele dagen. Alle kan komme, og det er gratis.",
            "en": "Associations tell what they do. Restaurants cook small tastings. "
            "There is music on the stage all day. Everyone can come, and it is free.",
            "ar": "تعرّف الجمعيات بأنشطتها، وتقدّم المطاعم أطباقًا صغيرة للتذوق. "
            "موسيقى على المسرح طوال اليوم. الدعوة عامة والدخول مجاني.",
        },
        place="Nørrebrogade",
        address="Mellem Runddelen og Stefansgade",
        starts_at=starts,
        ends_at=starts + timedelta(hours=8),
        facts={
            "price": 0,
            "spoken": ["da", "en", "ar", "so", "tr"],
            "access": ACCESS,
            "contact_name": "Anna i teamet",
            "contact_mail": "integration@torvet.example",
            "contact_phone": "+4533000000",
        },
    )


def _applications(event: Event, people: Iterator[Invented], staff_id: int) -> None:
    """Fourteen, spread over every state an application can be in."""
    with unit_of_work():
        *stands, latest = applicants.associations(people, 10, skip=FIRST_NAME + 80)
        kitchens = applicants.restaurants(people, 4, suffix=" på hjul")
        bands = applicants.artists(people, 1, suffix=" Junior")
        _add_yusra(stands[0])
        _add_yusra(latest)
    accepted = [stands[0], kitchens[0], stands[1], kitchens[1], stands[2], kitchens[2], stands[3]]
    for number, (applicant, stalls) in enumerate(zip(accepted, PLACED, strict=True)):
        _place(event, applicant, stalls, staff_id, confirm=number >= 3)
    _leave_open(event, stands[4:], kitchens[3], bands[0], staff_id)


def _acts(event: Event, people: Iterator[Invented], staff_id: int) -> None:
    """Eight acts with a place: seven with their times in the programme, one still without."""
    with unit_of_work():
        bands = applicants.artists(people, 8, skip=1, suffix=" Junior")
    sent = []
    for band in bands:
        with unit_of_work():
            sent.append(applicants.send_in(event.id, band))
            applicants.decide(staff_id, sent[-1:], "accepted", DAYS_TO_CONFIRM)
            telling.confirm(band.actor, sent[-1])
    staging.make_programme(event, sent[:-1])


def _add_yusra(applicant: Applicant) -> None:
    organisations.add_representative(applicant.actor, applicant.organisation.id, ASSOCIATION)


def _place(
    event: Event, applicant: Applicant, stalls: tuple[int, ...], staff_id: int, *, confirm: bool
) -> None:
    """Accepted, with a stall held or, once they have said yes, confirmed."""
    with unit_of_work():
        sent = applicants.send_in(event.id, applicant)
        applicants.decide(staff_id, [sent], "accepted", DAYS_TO_CONFIRM)
        if confirm:
            telling.confirm(applicant.actor, sent)
        for code in stalls:
            stall = holdings.stall_by_code(event.id, str(code))
            reserving.reserve_stall(event.id, stall.id, sent)


def _leave_open(
    event: Event, stands: list[Applicant], kitchen: Applicant, band: Applicant, staff_id: int
) -> None:
    """A draft, one sent in, one asked, one waiting, one declined, one withdrawn, one cancelled."""
    draft, asked, waiting, declined, withdrawn = stands
    with unit_of_work():
        begun = writing.begin(draft.actor, event.id, draft.organisation.id, draft.role)
        writing.save_draft(draft.actor, begun.id, {"sign": [draft.organisation.name]})
        applicants.send_in(event.id, band)
        sent = applicants.send_in(event.id, asked)
        deciding.ask(sent, "Hvor mange kommer I, og har I brug for strøm til lys?", _in_a_week())
        for applicant, decision in ((waiting, "waitlisted"), (declined, "declined")):
            sent = applicants.send_in(event.id, applicant)
            applicants.decide(staff_id, [sent], decision)
        sent = applicants.send_in(event.id, withdrawn)
        telling.withdraw(withdrawn.actor, sent)
        sent = applicants.send_in(event.id, kitchen)
        applicants.decide(staff_id, [sent], "accepted")
        ending.cancel(sent, "Fødevareregistreringen udløber før dagen.")


def _in_a_week() -> datetime:
    return clock.now() + timedelta(days=19)
