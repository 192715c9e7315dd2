"""What a role brings to the pages that all roles share, and how their addresses name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from werkzeug.routing import BaseConverter, Map, ValidationError

from app.applications.forms.own_questions import own_step
from app.applications.models import Application
from app.applications.queries import own_questions
from app.applications.queries.own_questions import RoleAsks
from app.applications.rules.answers import Needs
from app.applications.rules.states import Role
from app.applications.services import telling
from app.applications.services.replying import StepBack
from app.core.steps import AnswerChange, Steps
from app.core.texts import Lazy
from app.organisations.rules import Actor

Submit = Callable[[Actor, int, Mapping[str, object], Needs], Application]


def nothing_beside(_application: Application) -> object:
    """The shared things are all there is."""
    return None


@dataclass(frozen=True)
class RolePages:
    """One role's own part of the shared pages; `form_part` and `desk_part` stand in addresses."""

    role: Role
    form_part: str
    desk_part: str
    # The kind of organisation that whoever has none yet makes first.
    founds: str
    offer: Lazy
    title: Lazy
    lead: Lazy
    steps: Steps
    submit: Submit
    # Endpoints that take an application's number.
    withdraw: str
    cancel: str
    stall: str | None = None
    # The desk's page of one application, and what it shows beside the shared things.
    case_template: str = "applications/desk/case.html"
    beside: Callable[[Application], object] = nothing_beside
    # The applicant's page of it, likewise.
    status_template: str = "applications/status.html"
    told: Callable[[Application], object] = nothing_beside


class RoleInAddress(BaseConverter):
    """A role as an address names it: `<role(form):role>` or `<role(desk):role>`."""

    def __init__(self, url_map: Map, pages: str) -> None:
        super().__init__(url_map)
        self.attribute = f"{pages}_part"

    def to_python(self, value: str) -> Role:
        for pages in all_roles():
            if getattr(pages, self.attribute) == value:
                return pages.role
        raise ValidationError

    def to_url(self, value: str) -> str:
        part: str = getattr(pages_of(value), self.attribute)
        return part


def know_roles(app: Flask, roles: Sequence[RolePages], step_backs: Mapping[Role, StepBack]) -> None:
    """Hand the roles to the shared pages, called before these are registered.

    `step_backs` are the verbs of applicants who do not come, where something else ends with that.
    """
    app.extensions["role_pages"] = {pages.role: pages for pages in roles}
    app.extensions["step_backs"] = step_backs
    app.url_map.converters["role"] = RoleInAddress


def pages_of(role: str) -> RolePages:
    """What this role brings."""
    known: dict[Role, RolePages] = current_app.extensions["role_pages"]
    return known[Role(role)]


def step_back_of(role: str) -> StepBack:
    """How an applicant of this role says no to a place."""
    known: Mapping[Role, StepBack] = current_app.extensions["step_backs"]
    return known.get(Role(role), telling.withdraw)


def steps_of(application: Application) -> Steps:
    """The form as its applicant fills it in now: the role's steps, then the event's questions."""
    return _with_own(application, own_questions.asked_now(application))


def steps_sent(application: Application) -> Steps:
    """The form as it was when this was sent in."""
    return _with_own(application, own_questions.asked_then(application))


def unsent_in(application: Application) -> list[AnswerChange]:
    """What was corrected after sending in and not sent; nothing where all was sent."""
    if not application.has_unsent_changes:
        return []
    return steps_of(application).changes(application.sent, application.written)


def _with_own(application: Application, own: RoleAsks | None) -> Steps:
    steps = pages_of(application.role).steps
    return Steps(*steps, own_step(own)) if own is not None else steps


def all_roles() -> Sequence[RolePages]:
    """What every role brings, in the order in which visitors read of them."""
    known: dict[Role, RolePages] = current_app.extensions["role_pages"]
    return list(known.values())
