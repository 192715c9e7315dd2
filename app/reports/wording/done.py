"""Within the status, what was done in the year: each point of the list with its figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from app.core.numbers import integer_text
from app.core.texts import _, _n, language
from app.outcomes.rules.figures import FigureReading
from app.reports.rules.paper import Line, Shown, composed, plain, written
from app.reports.wording.shown import count, indicator_sentence, number_words


@dataclass(frozen=True, slots=True)
class FestivalFacts:
    """A festival held: its name and place, its visitors and the restaurants that took part."""

    title: str
    place: str
    visitors: int | None
    method: str
    restaurants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectPeriod:
    """A project with its period and its new owner, if it has one."""

    name: str
    starts_on: date
    ends_on: date | None
    handed_to: str
    note: str


@dataclass(frozen=True, slots=True)
class DoneFacts:
    """What the list of things done counts and names; `goals` says what came of the workshops,
    to which `people` came, each counted once."""

    workshops: Sequence[str]
    people: int
    goals: FigureReading
    courses: Sequence[str]
    trained: int
    festivals: Sequence[FestivalFacts]
    projects: Sequence[ProjectPeriod]
    helhedsplaner: Sequence[str]
    omraadeloeft: Sequence[str]


def points(facts: DoneFacts, texts: Mapping[str, str], city: str) -> Iterator[Line]:
    """The list, the editors' own points among it."""
    yield _workshops(facts, city)
    yield _trained(facts)
    yield from (plain(line) for line in written(texts["status_more"]))
    for place, festival in enumerate(facts.festivals, start=1):
        yield _festival(festival, place, texts["festival_partner"])
    yield from (plain(_project(project)) for project in facts.projects)
    yield _engagements(facts)


def _workshops(facts: DoneFacts, city: str) -> Line:
    figures = _workshop_figures(facts)
    if not facts.workshops:
        return composed(_("Held {workshops} workshops in parental dialogue."), figures)
    template = _(
        "Held %(workshops)s for %(people)s who work with children and young people in %(city)s",
        city=city,
        workshops=_n(
            "{workshops} workshop in parental dialogue",
            "{workshops} workshops in parental dialogue",
            len(facts.workshops),
        ),
        people=_n(
            "{people} professional or volunteer",
            "{people} professionals and volunteers",
            facts.people,
        ),
    )
    held = composed(template, figures)
    return (*held, *plain(" – "), *indicator_sentence(facts.goals), *plain("."))


def _workshop_figures(facts: DoneFacts) -> dict[str, Shown]:
    workshops = count(
        "workshops",
        facts.workshops,
        _("Events held in the year of the kind workshop and the topic parental dialogue."),
    )
    people = Shown(
        "people",
        number_words(facts.people),
        facts.people,
        _("Distinct people who came to one or more of the workshops, as scanned at the door."),
        (),
        "fd_goals",
    )
    return {"workshops": workshops, "people": people}


def _trained(facts: DoneFacts) -> Line:
    template = _n(
        "Trained {trained} process consultant in parental dialogue.",
        "Trained {trained} process consultants in parental dialogue.",
        facts.trained,
    )
    rule = _("Distinct people who attended all sessions of a course for process consultants.")
    words = number_words(facts.trained)
    trained = Shown("trained", words, facts.trained, rule, tuple(facts.courses))
    return composed(template, {"trained": trained})


def _festival(festival: FestivalFacts, place: int, partner: str) -> Line:
    parts = [_("Held %(festival)s", festival=festival.title)]
    if festival.place:
        parts.append(_("at %(place)s", place=festival.place))
    if festival.visitors is not None:
        parts.append(_n("with {visitors} visitor", "with {visitors} visitors", festival.visitors))
    if partner:
        parts.append(partner.strip())
    if festival.restaurants:
        among = _n(
            "– among them {restaurants} of the city's best restaurants",
            "– among them {restaurants} of the city's best restaurants",
            len(festival.restaurants),
        )
        parts.append(among)
    return composed(" ".join(parts) + ".", _festival_figures(festival, place))


def _festival_figures(festival: FestivalFacts, place: int) -> dict[str, Shown]:
    """Restaurants, and visitors where they are known; the names carry its place in the year."""
    restaurants = count(
        f"restaurants_{place}",
        festival.restaurants,
        _("Confirmed applications of restaurants at the festival."),
    )
    if festival.visitors is None:
        return {"restaurants": restaurants}
    visitors = Shown(
        f"visitors_{place}",
        integer_text(festival.visitors),
        festival.visitors,
        _("An estimate: %(method)s", method=festival.method),
        (),
        "visitors",
    )
    return {"visitors": visitors, "restaurants": restaurants}


def _project(project: ProjectPeriod) -> str:
    led = _("Led the project “%(name)s” %(period)s.", name=project.name, period=_period(project))
    handed = ""
    if project.handed_to:
        handed = _("After that the project moved to %(owner)s", owner=project.handed_to)
        handed = f" {handed}, {project.note.rstrip('.')}." if project.note else f" {handed}."
    elif project.note:
        handed = f" {project.note}"
    return led + handed


def _period(project: ProjectPeriod) -> str:
    first = format_date(project.starts_on, "MMMM y", locale=language())
    if project.ends_on is None:
        return _("from %(month)s", month=first)
    last = format_date(project.ends_on, "MMMM y", locale=language())
    if project.starts_on.year == project.ends_on.year:
        first = format_date(project.starts_on, "MMMM", locale=language())
    return _("from %(first)s to %(last)s", first=first, last=last)


def _engagements(facts: DoneFacts) -> Line:
    plans = _n(
        "{helhedsplaner} neighbourhood plan",
        "{helhedsplaner} neighbourhood plans",
        len(facts.helhedsplaner),
    )
    renewals = _n(
        "{omraadeloeft} area renewal", "{omraadeloeft} area renewals", len(facts.omraadeloeft)
    )
    template = _("Taken part in %(plans)s and %(renewals)s.", plans=plans, renewals=renewals)
    rule = _("Engagements of this kind with at least one day in the year.")
    figures = {
        "helhedsplaner": count("helhedsplaner", facts.helhedsplaner, rule),
        "omraadeloeft": count("omraadeloeft", facts.omraadeloeft, rule),
    }
    return composed(template, figures)
