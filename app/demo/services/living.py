"""A living edition around the present moment: a festival, four workshops, a wave that is out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import cycle, islice

from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules import names
from app.demo.rules import workshop_texts as texts
from app.demo.rules.names import Invented
from app.demo.services import gatherings, living_festival
from app.devices.services import devices
from app.events.rules import EventKind
from app.events.services.scheduling import Plan
from app.surveys.queries import waves
from app.surveys.services import inviting, setting_up

Step = tuple[str, Callable[[], object]]

ENROLLED_TODAY, IN_TODAY = 20, 6
SOON_CAPACITY, SOON_FREE = 25, 3
FULL_CAPACITY, WAITING = 12, 4
HALF_A_YEAR = timedelta(days=180)
# The participant whose links `demo links` prints.
PARTICIPANT = Invented("Samira Darwisha", "samira@deltager.example", "da")
ARABIC_READER = Invented("ليلى النصراوي", "layla@deltager.example", "ar")


def steps(staff_ids: list[int]) -> Iterator[Step]:
    """What the living edition is laid out by, in order."""
    people = names.people(9)
    yield "International Day", lambda: living_festival.lay_out(names.people(8), staff_ids[0])
    yield "workshop half a year ago", lambda: _past_workshop(people)
    yield "workshop today", lambda: _today(people)
    yield "workshop in two weeks", lambda: _soon(people)
    yield "full workshop", lambda: _full(people)


def _past_workshop(people: Iterator[Invented]) -> None:
    """Held half a year ago; its follow-up went out today and nobody has answered yet."""
    starts = _noon(clock.now() - HALF_A_YEAR - timedelta(days=1))
    with at(starts - timedelta(days=40)):
        event = gatherings.announce(_plan("foraeldredialog-foraar", starts, 1), 20)
    who = [PARTICIPANT, ARABIC_READER, *islice(people, 6)]
    holders = gatherings.enrol_all(event.slug, who, starts - timedelta(days=20))
    gatherings.admit(event.id, holders, starts - timedelta(minutes=10))
    goals = cycle(texts.GOALS)
    for holder in holders:
        with at(starts + timedelta(hours=2)):
            gatherings.write_goals(holder, list(islice(goals, 2)))
    gatherings.note_held(event)
    _send_follow_up(starts)


def _send_follow_up(held: datetime) -> None:
    with unit_of_work():
        day = clock.local_time(held).date()
        wave = setting_up.start_wave(
            waves.survey("fd_followup"),
            f"{day:%Y-%m}",
            day,
            day,
            clock.today() + timedelta(days=28),
        )
        inviting.plan(wave)
    for invitation_id in waves.due_invitations(clock.now()):
        with unit_of_work():
            inviting.send(invitation_id)


def _today(people: Iterator[Invented]) -> None:
    """Its door is open now: twenty enrolled, six already in."""
    starts = clock.now() + timedelta(minutes=20)
    with at(clock.now() - timedelta(days=30)):
        event = gatherings.announce(_plan("foraeldredialog-i-dag", starts, 2), 24)
    who = [PARTICIPANT, *islice(people, ENROLLED_TODAY - 1)]
    holders = gatherings.enrol_all(event.slug, who, clock.now() - timedelta(days=12))
    gatherings.admit(event.id, holders[1 : IN_TODAY + 1], clock.now() - timedelta(minutes=6))
    with unit_of_work():
        devices.add_device(event.id, "A", paired=False)


def _soon(people: Iterator[Invented]) -> None:
    starts = _noon(clock.now() + timedelta(days=14))
    with at(clock.now() - timedelta(days=9)):
        event = gatherings.announce(_plan("foraeldredialog-snart", starts, 3), SOON_CAPACITY)
    who = list(islice(people, SOON_CAPACITY - SOON_FREE))
    gatherings.enrol_all(event.slug, who, clock.now() - timedelta(days=8))


def _full(people: Iterator[Invented]) -> None:
    starts = _noon(clock.now() + timedelta(days=21))
    with at(clock.now() - timedelta(days=9)):
        event = gatherings.announce(_plan("bed-om-hjaelp-med-tolk", starts, 4), FULL_CAPACITY)
    who = list(islice(people, FULL_CAPACITY + WAITING))
    gatherings.enrol_all(event.slug, who, clock.now() - timedelta(days=7))


_TITLES = {
    1: (
        "Forældredialog i foråret",
        "Dialogue with parents this spring",
        "الحوار مع أولياء الأمور في الربيع",
    ),
    2: ("Forældredialog i dag", "Dialogue with parents today", "الحوار مع أولياء الأمور اليوم"),
    3: (
        "Forældredialog for nye",
        "Dialogue with parents for beginners",
        "الحوار مع أولياء الأمور للمبتدئين",
    ),
    4: ("Samtaler med tolk", "Talking through an interpreter", "التحدث بمساعدة مترجم"),
}


def _plan(slug: str, starts: datetime, number: int) -> Plan:
    danish, english, arabic = _TITLES[number]
    return Plan(
        slug=slug,
        kind=EventKind.WORKSHOP,
        topic="foraeldredialog" if number < 4 else None,
        title={"da": danish, "en": english, "ar": arabic},
        summary={
            "da": "For dig, der arbejder med børn og unge. Vi øver os i at lytte og spørge.",
            "en": "For you who work with children and young people. We practise listening.",
            "ar": "لكل من يعمل مع الأطفال والشباب. نتدرب معًا على الاستماع وطرح الأسئلة.",
        },
        description={
            "da": "Vi begynder med kaffe og te. Derefter øver vi samtaler to og to. "
            "Du går hjem med et til tre mål for det næste halve år.",
            "en": "We begin with coffee and tea. Then we practise conversations in pairs. "
            "You go home with one to three goals for the next half year.",
            "ar": "نبدأ بالقهوة والشاي، ثم نتدرب على المحادثات في ثنائيات. "
            "وتعود إلى بيتك بهدف واحد إلى ثلاثة أهداف لنصف العام القادم.",
        },
        place=texts.PLACES[number % len(texts.PLACES)],
        address="Nørrebrogade 208, 2200 København N",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
    )


def _noon(moment: datetime) -> datetime:
    return datetime.combine(clock.local_time(moment).date(), time(12), COPENHAGEN)
