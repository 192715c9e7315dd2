"""Forms over what stands: an older page overwrites nothing newer without showing both."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from app.core.access import StaffRole
from app.core.edit_forms import EditForm
from app.core.unit_of_work import unit_of_work
from app.programme import queries, services
from app.programme.rules import EngagementKind
from tests.factories import sign_in_staff
from tests.house.sources import modules, tree
from tests.pages import InspectingClient, Page

NEW = "begins what is made by it; what is filled in are first values"
ADDRESS = "carries a page to go on to or a number, no record"
RECIPIENTS = "ticks whom a letter goes to; nothing that stands is written over"
SEARCH = "is read from an address"
OWN_MARKS = "the steps of an application keep marks of their own (applications/rules/merging.py)"
FILLED_WITHOUT = {
    "AskForm": ADDRESS,
    "CapacityForm": "one number, which the verb holds against the seats that are taken",
    "ChoosingForm": "begins the choosing of stalls anew, by two values beside each other",
    "ClaimForm": NEW,
    "CodeForm": ADDRESS,
    "CopyForm": NEW,
    "CopyPlanForm": NEW,
    "CopyRowForm": NEW,
    "DecisionForm": ADDRESS,
    "EmailForm": ADDRESS,
    "MergePeopleForm": "chooses between two that both stand on the page",
    "MissingForm": SEARCH,
    "EnrolmentFilterForm": SEARCH,
    "NarrowForm": SEARCH,
    "NewForm": NEW,
    "PictureForm": "the older picture is on the page, and its text goes with it",
    "RecipientsForm": RECIPIENTS,
    "ScoreForm": "one's own score, which nobody else writes",
    "SearchSameForm": SEARCH,
    "SearchSameOrganisationForm": SEARCH,
    "SplitForm": NEW,
    "StallsForm": NEW,
    "ShareForm": "the verb holds the powers against what stands there",
    "TypedForm": "what the door reads, asked once and answered",
    "UndoForm": ADDRESS,
}
PLAIN = {"formdata", "prefix", "meta", "id"}


def _filled_forms() -> Iterator[str]:
    """Every form that a page fills before anybody has written in it."""
    for module in modules("app"):
        for node in ast.walk(tree(module)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in ("of", "over"):
                called = called.value
                filled = True
            else:
                filled = any(word.arg not in PLAIN for word in node.keywords) or any(
                    not isinstance(given, ast.Constant) for given in node.args
                )
            if (
                filled
                and isinstance(called, ast.Name)
                and called.id[0] != "_"
                and called.id.endswith("Form")
            ):
                yield called.id


def _edit_forms(form: type[EditForm] = EditForm) -> Iterator[str]:
    for kind in form.__subclasses__():
        yield kind.__name__
        yield from _edit_forms(kind)


@pytest.mark.only_on("sqlite")
def test_every_form_that_is_filled_overwrites_nothing_unseen_or_says_why_not(app: Flask) -> None:
    beside = {*_filled_forms()} - {*_edit_forms()}
    assert beside == set(FILLED_WITHOUT)


@pytest.fixture
def plan(app: Flask, client: InspectingClient) -> str:
    """The page of an area plan, an organiser in front of it."""
    sign_in_staff(client, StaffRole.ORGANISER)
    with unit_of_work():
        made = services.add_engagement(EngagementKind.HELHEDSPLAN, "Mjølner", date(2030, 1, 1))
        return f"/desk/programme/engagements/{made.id}"


def test_an_older_page_shows_both_and_keeps_what_it_left_alone(
    client: InspectingClient, plan: str
) -> None:
    older = client.page(plan).form(plan)
    client.send(plan, {**older, "name": "Mjølnerparken", "ends_on": "2031-12-31"})
    mine = {**older, "name": "Nørrebro"}
    page = Page(client.send(f"{plan}?language=da", mine, status=409).text)
    assert "Mjølnerparken" in page.errors()["name"]
    sent = page.form(plan)
    assert (sent["name"], sent["ends_on"]) == ("Nørrebro", "2031-12-31")
    client.send(plan, sent)
    with unit_of_work():
        [kept] = queries.engagements()
        assert (kept.name, kept.ends_on) == ("Nørrebro", date(2031, 12, 31))


def test_what_was_refused_and_sent_again_is_what_was_written(
    client: InspectingClient, plan: str
) -> None:
    form = {**client.page(plan).form(plan), "name": "Nørrebro", "ends_on": "2029-12-31"}
    refused = Page(client.send(plan, form, status=409).text).form(plan)
    client.send(plan, {**refused, "ends_on": "2030-12-31"})
    with unit_of_work():
        [kept] = queries.engagements()
        assert (kept.name, kept.ends_on) == ("Nørrebro", date(2030, 12, 31))


def test_an_entry_that_was_taken_back_meanwhile_is_not_found(
    client: InspectingClient, plan: str
) -> None:
    older = client.page(plan).form(plan)
    client.send(f"{plan}/take-back", {})
    client.send(plan, older, status=404)
