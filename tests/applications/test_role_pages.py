"""Each role applies, step by step, with and without mishaps: the same for all three."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask

from app import ROLES as BROUGHT
from app.applications.models import Application
from app.applications.queries import asking, reviewing
from app.applications.rules.answers import Needs
from app.applications.rules.states import Role
from app.applications.wording import ROLES as NAMES
from app.core.access import StaffRole
from app.core.timetravel import at
from tests.applications.making import (
    MAIL,
    NOW,
    STARTS,
    again,
    edited,
    festival,
    letters,
    organisation,
    released,
    submitted,
)
from tests.applications.roles import ROLES, Asked, for_each_role, own
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient, Page

pytestmark = for_each_role
STRANGE = ("\x00\x01", "\x0b\u202e", "99999999999999999999", "NaN", "1e309")


def test_role_brings_pages_that_are_there(asked: Asked, app: Flask) -> None:
    pages = next(one for one in BROUGHT if one.role is asked.role)
    assert asked.role in NAMES
    endpoints = [pages.withdraw, pages.cancel, *([pages.stall] if pages.stall else [])]
    for endpoint in endpoints:
        rules = list(app.url_map.iter_rules(endpoint))
        assert [rule.arguments for rule in rules] == [{"application_id"}] * len(rules) != []
    assert app.jinja_env.get_template(pages.case_template)


def test_what_can_be_applied_for_leads_to_the_form(asked: Asked, client: InspectingClient) -> None:
    festival()
    with at(NOW):
        assert asked.form in client.page("/events/international-dag/apply").links()


def test_application_is_written_from_beginning_to_end(
    asked: Asked, client: InspectingClient
) -> None:
    festival()
    asked.organisation()
    sign_in(client, MAIL)
    with at(NOW):
        page = client.page(asked.form)
        number = page.one("button", name="organisation").get("value")
        step = client.send(asked.form, {"organisation": number}).location
        for answers in asked.answers.values():
            client.page(step)
            step = client.send(step, answers).location
        assert asked.read in client.page(step).text
        status = client.send(step, {}).location
        client.page(status)
    kept = own()
    assert kept.state == "submitted"
    needs = Needs(kept.power_amp, kept.phases, kept.water, kept.gas, kept.frontage_cm)
    assert needs == asked.needs
    assert asked.details.items() <= kept.details.items()
    assert len(letters("received")) == 1


def test_visitor_without_an_organisation_is_asked_who_they_are(
    asked: Asked, client: InspectingClient
) -> None:
    festival()
    sign_in(client, MAIL)
    answer = client.get(asked.form)
    assert answer.status_code == 303
    assert answer.location == f"/who?kind={asked.kind}&next={asked.form}"


def test_signed_out_visitor_signs_in_first_and_comes_back(
    asked: Asked, client: InspectingClient
) -> None:
    festival()
    assert client.get(asked.form).location.endswith(f"/sign-in?next={asked.form}")


def test_one_of_several_organisations_is_chosen_first(
    asked: Asked, client: InspectingClient
) -> None:
    festival()
    asked.organisation("Café Damaskus")
    asked.organisation("Ørestad Grill")
    sign_in(client, MAIL)
    with at(NOW):
        page = client.page(asked.form)
    assert "Café Damaskus" in page.text
    assert "Ørestad Grill" in page.text


def test_the_profile_is_the_first_step_and_is_not_left_out(
    asked: Asked, client: InspectingClient
) -> None:
    festival()
    bare = asked.organisation("Ørestad Grill", district="")
    sign_in(client, MAIL)
    with at(NOW):
        step = client.send(asked.form, {"organisation": str(bare.id)}).location
        assert step.endswith("/profile")
        profile, step = step, step.replace("profile", asked.steps[0])
        for answers in asked.answers.values():
            assert "step-here" in str(client.page(step).one("li", class_="step-here").get("class"))
            step = client.send(step, answers).location
        refused = Page(client.send(step, {}, status=422).text)
        assert f"{profile}?back=1" in refused.links()
        form = {**client.page(f"{profile}?back=1").form(), "district": "valby"}
        assert client.send(f"{profile}?back=1", form).location == step
        assert "Valby" in client.page(step).text
        client.send(step, {})
    assert own().state == "submitted"
    assert own().organisation.district == "valby"


def test_form_begun_before_goes_on_where_it_was_left(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    with at(NOW):
        assert client.get(asked.form).location == f"{asked.form}/{kept.id}/{asked.steps[0]}"


def test_form_sent_in_leads_to_its_status(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    with at(NOW):
        answer = client.send(asked.form, {"organisation": str(kept.organisation_id)})
        assert answer.location == f"/my/applications/{kept.id}"
        assert client.get(asked.form).location == f"/my/applications/{kept.id}"


def test_invalid_step_is_kept_and_says_what_is_wrong(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, wrong = asked.wrong
    step = f"{asked.form}/{kept.id}/{key}"
    with at(NOW):
        back = client.send(step, {**asked.answers[key], **wrong}).location
        assert back == f"{step}?check=1"
        assert set(client.page(back).errors()) == set(wrong)
    draft = own().draft
    assert {name: draft[name] for name in wrong} == {name: [text] for name, text in wrong.items()}


def test_a_doubted_phone_number_is_asked_about_once_and_kept_with_its_answer(
    asked: Asked, client: InspectingClient
) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    (key,) = [key for key, answers in asked.answers.items() if "contact_phone" in answers]
    step, answers = f"{asked.form}/{kept.id}/{key}", asked.answers[key]
    with at(NOW):
        back = client.send(step, {**answers, "contact_phone": "12 32 46 33"}).location
        page = client.page(back)
        assert set(page.errors()) == {"contact_phone"}
        sent = [field.get("value") for field in page.all("input", name="contact_phone")]
        assert sent == ["12 32 46 33", "+4512324633"]
        onward = client.send(step, {**answers, "contact_phone": sent}).location
        assert not onward.endswith("check=1")
        assert client.page(step).errors() == {}
        assert "12 32 46 33" in client.page(f"{asked.form}/{kept.id}/check").text
        client.send(f"{asked.form}/{kept.id}/check", {})
        assert own().details["contact_phone"] == "+4512324633"
        assert client.page(f"{step}?check=1").errors() == {}


def test_what_is_not_chosen_is_asked_for_as_a_choice(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    with at(NOW):
        back = client.send(f"{asked.form}/{kept.id}/{asked.steps[0]}", {}).location
        page = client.page(back)
        for sentence in asked.missing:
            assert sentence in page.text
        check = client.page(f"{asked.form}/{kept.id}/check").text
        assert asked.missing_at_the_end in check


def test_same_link_on_another_phone_goes_on_where_one_left(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, answers = asked.first
    with at(NOW):
        client.send(f"{asked.form}/{kept.id}/{key}", answers)
        other = client.application.test_client()
        sign_in(other, MAIL)
        assert other.get(asked.form).location == f"{asked.form}/{kept.id}/{asked.steps[1]}"


def test_one_field_is_saved_by_itself_valid_or_not(asked: Asked, client: InspectingClient) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, field = asked.number
    answers = asked.answers[key]
    with at(NOW):
        client.send(f"{asked.form}/{kept.id}/{key}", answers)
        form = {"_field": field, field: "masser", "state": "accepted"}
        answer = client.send(f"{asked.form}/{kept.id}/{key}/autosave", form, status=200)
    assert answer.json is not None
    assert answer.json["saved"] is True
    assert own().draft == {name: [text] for name, text in {**answers, field: "masser"}.items()}


def test_field_of_no_step_is_ignored(asked: Asked, client: InspectingClient) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, answers = asked.first
    step = f"{asked.form}/{kept.id}/{key}"
    with at(NOW):
        client.send(step, {**answers, "state": "accepted", "gas": "yes"})
        client.send(f"{step}/autosave", {"_field": "state", "state": "x"}, 200)
    assert set(own().draft) == set(answers)
    assert own().state == "draft"


def test_unfinished_application_is_not_sent_in(asked: Asked, client: InspectingClient) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, answers = asked.first
    name, text = next(iter(answers.items()))
    with at(NOW):
        client.send(f"{asked.form}/{kept.id}/{key}", {name: text})
        answer = client.send(f"{asked.form}/{kept.id}/check", {}, status=422)
    assert "error-summary" in answer.text
    assert own().state == "draft"
    assert own().draft[name] == [text]
    assert letters() == []


def test_sending_in_twice_is_once(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    with at(NOW):
        client.send(f"{asked.form}/{kept.id}/check", {})
    assert len(letters()) == 1


def test_changing_language_in_a_step_keeps_what_was_typed(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, answers = asked.first
    name = next(iter(answers))
    step = f"{asked.form}/{kept.id}/{key}"
    with at(NOW):
        same = client.send(step, {name: "Halvt skilt", "_language": "ar"}).location
        assert same == step
        answer = client.get(same)
    assert 'value="Halvt skilt"' in answer.text
    assert 'dir="rtl"' in answer.text


def test_answers_are_changed_after_acceptance(asked: Asked, client: InspectingClient) -> None:
    kept = released(submitted(festival(), asked.organisation(), role=asked.role, **asked.first[1]))
    sign_in(client, MAIL)
    changed, power = asked.more_power
    with at(NOW):
        for key in asked.steps:
            client.page(f"{asked.form}/{kept.id}/{key}")
            more = {"power_amp": str(power)} if key == changed else {}
            client.send(f"{asked.form}/{kept.id}/{key}", {**asked.answers[key], **more})
        client.page(f"{asked.form}/{kept.id}/check")
        client.send(f"{asked.form}/{kept.id}/check", {})
    now = own()
    assert (now.state, now.power_amp, now.needs_look) == ("accepted", power, True)


def test_stranger_finds_no_application(asked: Asked, client: InspectingClient) -> None:
    kept = asked.drafted()
    sign_in(client, "fremmed@forening.example")
    key, answers = asked.first
    for page in (*asked.steps, "check"):
        client.page(f"{asked.form}/{kept.id}/{page}", status=404)
        client.send(f"{asked.form}/{kept.id}/{page}", answers, status=404)
    client.send(f"{asked.form}/{kept.id}/{key}/autosave", answers, status=404)
    client.send(asked.form, {"organisation": str(kept.organisation_id)}, status=404)
    assert again(kept).draft is None


def test_application_is_found_at_its_own_event_and_role_only(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    festival("anden-dag")
    sign_in(client, MAIL)
    key = asked.steps[0]
    client.page(f"/events/anden-dag/apply/{asked.part}/{kept.id}/{key}", status=404)
    for other in ROLES:
        if other is not asked:
            client.page(f"{other.form}/{kept.id}/{other.steps[0]}", status=404)
            client.send(f"{other.form}/{kept.id}/check", {}, status=404)
    client.page(f"{asked.form}/{kept.id}/nonsense", status=404)
    client.page(f"/events/international-dag/apply/nonsense/{kept.id}/{key}", status=404)


def test_strange_input_never_breaks_the_page(asked: Asked, client: InspectingClient) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    long = next(iter(asked.first[1]))
    with at(NOW):
        for key, text in itertools.product(asked.steps, STRANGE):
            typed = dict.fromkeys(asked.answers[key], text)
            if long in typed and text == STRANGE[-1]:
                typed[long] = "x" * 400_000
            answer = client.post(f"{asked.form}/{kept.id}/{key}", data=typed)
            assert answer.status_code in (303, 400, 413, 422)
            client.page(f"{asked.form}/{kept.id}/{key}?check=1")
        client.send(f"{asked.form}/{kept.id}/check", {}, status=422)


def test_nothing_is_saved_once_the_event_has_begun(asked: Asked, client: InspectingClient) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, answers = asked.first
    with at(STARTS):
        client.send(f"{asked.form}/{kept.id}/{key}", answers, status=409)


def test_organiser_fills_in_on_behalf(asked: Asked, client: InspectingClient) -> None:
    event, made = festival(), asked.organisation()
    sign_in_staff(client, StaffRole.ORGANISER)
    with at(NOW):
        form = {"event": str(event.id), "role": asked.role.value}
        client.page(client.send(f"/desk/applications/new/{made.id}", form).location)
        asked.fill_in(client, own())
        client.send(f"{asked.form}/{own().id}/check", {})
    assert own().state == "submitted"
    assert own().on_behalf_by is not None
    case = reviewing.case(own().id, asked.role, None)
    assert case.entries[-1].facts["on_behalf"] is True


def test_applicant_withdraws(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    with at(NOW):
        client.page(f"/my/applications/{kept.id}")
        client.send(f"/my/applications/{kept.id}/{asked.withdraw}", {})
        client.page(f"/my/applications/{kept.id}")
    assert again(kept).state == "withdrawn"
    assert len(letters("withdrawn")) == 1


def test_stranger_does_not_withdraw(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    sign_in(client, "fremmed@forening.example")
    client.send(f"/my/applications/{kept.id}/{asked.withdraw}", {}, status=404)
    assert again(kept).state == "submitted"


def test_status_page_leads_to_each_page_that_is_open(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    address = f"/my/applications/{kept.id}"
    with at(NOW):
        assert asked.form in actions(client.page(address))
        assert f"{address}/{asked.withdraw}" in actions(client.page(address))
        asked.fill_in(client, kept)
        client.send(f"{asked.form}/{kept.id}/check", {})
        assert f"{asked.form}/{kept.id}/check" in client.page(address).links()
        released(again(kept))
        has_stall = f"{address}/stall" in client.page(address).links()
        assert has_stall is (asked.role is not Role.ACT)
        client.send(f"{address}/confirm", {})
    assert again(kept).state == "confirmed"


def actions(page: Page) -> list[str | None]:
    """Where the forms of the page lead."""
    return [form.get("action") for form in page.all("form")]


def test_team_reads_and_cancels(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    sign_in_staff(client, StaffRole.ORGANISER)
    case = client.page(asked.case_page(kept))
    assert asked.read in case.text
    cancel = asked.cancel.format(kept.id)
    assert cancel in case.links()
    client.page(cancel)
    assert Page(client.send(cancel, {"reason": ""}, status=422).text).errors()
    assert again(kept).state == "submitted"
    client.send(cancel, {"reason": "Pladsen er aflyst."})
    assert "Pladsen er aflyst." in letters("cancelled")[0].text
    assert again(kept).state == "cancelled"
    client.page(asked.case_page(kept))


def test_list_leads_to_the_page_of_each_role(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    sign_in_staff(client, StaffRole.REVIEWER)
    assert asked.case_page(kept) in client.page("/desk/applications/").links()


def test_letter_to_many_leads_the_team_to_the_page_of_the_role(
    asked: Asked, client: InspectingClient
) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    (addressee,) = client.application.extensions["address_books"]["application"]([kept.id])
    assert addressee.page.endswith(asked.case_page(kept))
    assert addressee.link.endswith(f"/my/applications/{kept.id}")


def test_reviewer_scores_and_does_not_decide(asked: Asked, client: InspectingClient) -> None:
    kept = submitted(festival(), asked.organisation(), role=asked.role)
    sign_in_staff(client, StaffRole.REVIEWER)
    address = asked.case_page(kept)
    client.page(address)
    given = {"score": "4", "comment": "Gode", "next": address}
    sent = client.send(f"/desk/applications/{kept.id}/score", given)
    assert sent.location == address
    assert "Gode" in client.page(address).text
    decision = {"decision": "accepted", "days": "14", "application": str(kept.id)}
    client.send("/desk/applications/decide", decision, status=403)
    client.send(f"/desk/applications/{kept.id}/ask", {}, status=403)
    client.page(asked.cancel.format(kept.id), status=403)
    assert client.get("/desk/applications/export.csv").status_code == 403


def test_changed_answers_are_marked_until_looked_at(asked: Asked, client: InspectingClient) -> None:
    made = asked.organisation()
    kept = released(submitted(festival(), made, role=asked.role, power_amp=6))
    edited(kept, sign="Skilt", power_amp=16)
    sign_in_staff(client, StaffRole.ORGANISER)
    address = asked.case_page(kept)
    assert "badge" in client.get(address).text
    client.send(f"/desk/applications/{kept.id}/looked", {"next": address})
    assert not again(kept).needs_look


@pytest.mark.parametrize("decision", ["accepted", "waitlisted", "declined"])
def test_every_released_decision_can_be_taken_back_from_the_page(
    asked: Asked, client: InspectingClient, decision: str
) -> None:
    kept = released(submitted(festival(), asked.organisation(), role=asked.role), decision)
    sign_in_staff(client, StaffRole.ORGANISER)
    page = client.page(asked.case_page(kept))
    assert "Indtil da kan du tage afgørelsen tilbage" in page.text
    client.send(f"/desk/applications/{kept.id}/recall", {})
    assert again(kept).state == "submitted"


def test_page_of_another_role_or_of_a_draft_is_not_found(
    asked: Asked, client: InspectingClient
) -> None:
    draft = asked.drafted()
    sign_in_staff(client, StaffRole.ORGANISER)
    for one in ROLES:
        client.page(one.case_page(draft), status=404)
    sent = submitted(
        asking.application(draft.id).event,
        organisation("Anden", "anden@forening.example", asked.kind),
        "anden@forening.example",
        role=asked.role,
    )
    for one in ROLES:
        client.page(one.case_page(sent), status=200 if one is asked else 404)


def corrected(asked: Asked, client: InspectingClient, word: str = "Rettet") -> Application:
    """Sent in, then with one answer of the first step corrected and saved, but not sent."""
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    key, answers = asked.first
    with at(NOW):
        client.send(f"{asked.form}/{kept.id}/{key}", {**answers, next(iter(answers)): word})
    return again(kept)


def test_a_correction_leads_back_to_all_answers_and_says_that_it_is_not_sent(
    asked: Asked, client: InspectingClient
) -> None:
    kept = corrected(asked, client)
    check = f"{asked.form}/{kept.id}/check"
    key, answers = asked.first
    with at(NOW):
        sent = {**answers, next(iter(answers)): "Rettet"}
        assert client.send(f"{asked.form}/{kept.id}/{key}", sent).location == check
        for page in (check, f"/my/applications/{kept.id}", "/my"):
            opened = client.page(page)
            assert "Du har rettelser, der ikke er sendt" in opened.text
            assert {check, f"/my/applications/{kept.id}/discard"} <= set(actions(opened))
    field = next(iter(answers))
    assert kept.details[field] == answers[field]


def test_the_desk_sees_what_was_not_sent_and_asks_for_it(
    asked: Asked, client: InspectingClient
) -> None:
    kept = corrected(asked, client)
    sign_in_staff(client, StaffRole.ORGANISER)
    case = asked.case_page(kept)
    with at(NOW):
        assert "Har rettelser, der ikke er sendt" in client.page("/desk/applications/").text
        listed = client.page("/desk/applications/?only=unsent").links()
        assert case in listed
        page = client.page(case)
        assert "Rettet" in page.text
        client.send(f"/desk/applications/{kept.id}/ask-for-changes", {})
        assert "1" in client.page("/desk/").text
    assert [letter.kind for letter in letters("unsent")] == ["applications/unsent"]
    assert "bad om at få rettelserne sendt" in client.page(case).text


def test_corrections_are_sent_or_discarded(asked: Asked, client: InspectingClient) -> None:
    kept = corrected(asked, client)
    field = next(iter(asked.first[1]))
    with at(NOW):
        client.send(f"/my/applications/{kept.id}/discard", {})
        assert again(kept).draft is None
        assert "ikke er sendt" not in client.page(f"/my/applications/{kept.id}").text
        client.send(f"{asked.form}/{kept.id}/{asked.steps[0]}", {**asked.first[1], field: "Igen"})
        client.send(f"{asked.form}/{kept.id}/check", {})
    assert again(kept).details[field] == "Igen"
    assert len(letters("changed")) == 1
    sign_in_staff(client, StaffRole.ORGANISER)
    address = f"/desk/applications/{kept.id}/ask-for-changes"
    client.send(address, {}, status=409)


def test_one_step_is_sent_by_itself_and_the_others_wait(
    asked: Asked, client: InspectingClient
) -> None:
    kept = corrected(asked, client)
    key, answers = asked.first
    other, wrong = asked.wrong
    field = next(iter(answers))
    with at(NOW):
        if other != key:
            client.send(f"{asked.form}/{kept.id}/{other}", {**asked.answers[other], **wrong})
        step = f"{asked.form}/{kept.id}/{key}"
        client.send(step, {**answers, field: "", "send": "step"})
        assert again(kept).details[field] == answers[field]
        client.send(step, {**answers, field: "Alene", "send": "step"})
    now = again(kept)
    assert now.details[field] == "Alene"
    assert (now.draft is None) is (other == key)
    assert now.has_unsent_changes is (other != key)


def test_saving_the_same_again_is_no_correction(asked: Asked, client: InspectingClient) -> None:
    sign_in(client, MAIL)
    kept = asked.sent_in(client)
    with at(NOW):
        for key in asked.steps:
            page = client.page(f"{asked.form}/{kept.id}/{key}")
            client.send(f"{asked.form}/{kept.id}/{key}", page.form())
    assert not again(kept).has_unsent_changes


def test_two_phones_never_overwrite_each_other_unseen(
    asked: Asked, client: InspectingClient
) -> None:
    kept = asked.drafted()
    sign_in(client, MAIL)
    key, answers = asked.first
    step, field = f"{asked.form}/{kept.id}/{key}", next(iter(asked.first[1]))
    with at(NOW):
        client.send(step, answers)
        older = client.page(step).form()
        client.send(step, {**client.page(step).form(), field: "Fra den ene"})
        answer = client.post(
            f"{step}/autosave", data={**older, "_field": field, field: "Fra den anden"}
        )
        assert answer.status_code == 409
        assert answer.json is not None
        assert "Fra den ene" in answer.json["clash"]
        page = Page(client.send(step, {**older, field: "Fra den anden"}, status=409).text)
        assert "Fra den ene" in page.errors()[field]
        assert page.form()[field] == "Fra den anden"
        assert own().draft[field] == ["Fra den ene"]
        client.send(step, older)
        assert own().draft[field] == ["Fra den ene"]
        client.send(step, page.form())
    assert own().draft[field] == ["Fra den anden"]
