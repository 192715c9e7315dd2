"""The request as unit of work: what is committed, what is rolled back, what outlives a refusal."""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.test import TestResponse

from app.core import access_log, audit
from app.core.access import PUBLIC, SIGNED_IN, Scope, StaffRole, open_to
from app.core.access_log import AccessLogEntry
from app.core.audit import AuditEntry
from app.core.database import SQLITE_PACE, SQLITE_SETTINGS, db
from app.core.idempotency import idempotent
from app.core.openapi import Body, answered, operation
from app.core.refusals import Forbidden, Refusal
from app.core.security import MOST_BYTES, MOST_FORM_BYTES
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.people.models import Person
from tests import application

pages = Blueprint("trial", __name__)
machine = Blueprint("trial_api", __name__, url_prefix="/api/v1")
tries: list[int] = []


class Counted(Body):
    """How many were counted."""

    n: int


def add_entry(verb: str = "tried") -> None:
    audit.record("trial", 1, verb)


@pages.route("/trial/kept", methods=["GET", "POST"])
@open_to(PUBLIC)
def kept() -> str:
    add_entry()
    return "ok"


@pages.post("/trial/refused")
@open_to(PUBLIC)
def refused() -> str:
    add_entry()
    access_log.note("tried", "trial", 1)
    raise Forbidden


@pages.post("/trial/invalid")
@open_to(PUBLIC)
def invalid() -> tuple[str, int]:
    add_entry()
    return "no", 422


@pages.post("/trial/broken")
@open_to(PUBLIC)
def broken() -> str:
    add_entry()
    raise RuntimeError("secret words")


@pages.post("/trial/deadlock")
@open_to(PUBLIC)
def deadlock() -> str:
    tries.append(1)
    add_entry()
    if len(tries) < 3:
        error = Exception("deadlock")
        error.sqlstate = "40P01"  # type: ignore[attr-defined]
        raise OperationalError("SELECT", {}, error)
    return "ok"


@pages.post("/trial/crowded")
@open_to(PUBLIC)
def crowded() -> str:
    raise PoolExhausted


@pages.get("/trial/unmarked")
def unmarked() -> str:
    return "never"


@pages.get("/trial/reviewers")
@open_to(StaffRole.REVIEWER)
def reviewers() -> str:
    return "ok"


@pages.get("/trial/people")
@open_to(SIGNED_IN)
def signed_in() -> str:
    return "ok"


@machine.post("/trial")
@open_to(Scope("enrol"))
@operation(Counted, Counted, status=201)
@idempotent
def counted(body: Counted) -> Any:
    """Count one more."""
    if body.n > 100:
        raise Refusal
    add_entry()
    db.session.flush()
    return answered(Counted(n=db.session.scalar(select(func.count(AuditEntry.id))) or 0), 201)


@pytest.fixture(scope="module")
def trial_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with pages of this test's own."""
    folder: Path = tmp_path_factory.mktemp("trial")
    app = application.create_app(
        application.settings_for(folder, f"sqlite:///{folder / 'trial.db'}")
    )
    app.register_blueprint(pages)
    app.register_blueprint(machine)
    app.extensions["csrf"].exempt(pages)
    app.extensions["csrf"].exempt(machine)
    with app.app_context():
        db.create_all()
    yield app
    application.close(app)


@pytest.fixture
def browser(trial_app: Flask) -> Iterator[Any]:
    with trial_app.app_context():
        yield lambda method, path, **more: contextvars.Context().run(
            trial_app.test_client().open, path, method=method, **more
        )
        db.session.rollback()
    application.empty_database(trial_app)


def entries() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(AuditEntry.id))) or 0


def test_a_post_below_400_is_committed(browser: Any) -> None:
    assert browser("POST", "/trial/kept").status_code == 200
    assert entries() == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [("/trial/refused", 403), ("/trial/invalid", 422), ("/trial/broken", 500)],
)
def test_anything_else_leaves_nothing(browser: Any, path: str, status: int) -> None:
    assert browser("POST", path).status_code == status
    assert entries() == 0


def test_a_get_writes_nothing(browser: Any) -> None:
    assert browser("GET", "/trial/kept").status_code == 200
    assert entries() == 0


def test_a_note_outlives_the_refusal_it_tells_of(browser: Any) -> None:
    browser("POST", "/trial/refused")
    assert db.session.scalar(select(func.count(AccessLogEntry.id))) == 1


def test_a_deadlock_is_tried_again_and_done_once(browser: Any) -> None:
    tries.clear()
    assert browser("POST", "/trial/deadlock").status_code == 200
    assert (len(tries), entries()) == (3, 1)


def test_too_few_connections_is_busy_and_no_fault(browser: Any) -> None:
    answer: TestResponse = browser("POST", "/trial/crowded")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


LONG_FIELD = b"""--x\r
Content-Disposition: form-data; name="name"\r
\r
%s\r
--x--\r
""" % (b"x" * (MOST_FORM_BYTES + 1))


@pytest.mark.parametrize("path", ["/trial/kept", "/sign-in"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"name=" + b"x" * MOST_BYTES),
        ("multipart/form-data; boundary=x", LONG_FIELD),
    ],
    ids=["whole", "field"],
)
def test_a_form_too_large_is_answered_by_a_page(
    browser: Any, path: str, kind: str, body: bytes
) -> None:
    answer: TestResponse = browser("POST", path, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "Content-Security-Policy" in answer.headers


def test_a_machine_that_sends_too_much_gets_a_problem_document(browser: Any) -> None:
    headers = {**token("enrol"), "Content-Type": "application/json"}
    answer: TestResponse = browser(
        "POST", "/api/v1/trial", data=b"x" * (MOST_BYTES + 1), headers=headers
    )
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")


def test_an_error_is_answered_without_its_words(browser: Any, caplog: Any) -> None:
    answer: TestResponse = browser("POST", "/trial/broken")
    assert "secret words" not in answer.text


def test_a_page_without_a_mark_is_refused_even_to_staff(browser: Any) -> None:
    assert browser("GET", "/trial/unmarked").status_code == 303
    assert browser("GET", "/api/v1/trial").status_code == 405


def test_a_visitor_is_led_to_sign_in_and_back(browser: Any) -> None:
    answer = browser("GET", "/trial/reviewers?page=2")
    assert answer.location == "/sign-in?next=/trial/reviewers?page%3D2"


def test_a_machine_without_a_token_gets_a_problem_document(browser: Any) -> None:
    answer = browser("POST", "/api/v1/trial", json={"n": 1})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def token(*scopes: str) -> dict[str, str]:
    with unit_of_work():
        return {"Authorization": f"Bearer {people.issue_api_token('trial', list(scopes))}"}


def test_a_token_opens_only_what_its_scopes_say(browser: Any) -> None:
    assert browser("POST", "/api/v1/trial", json={"n": 1}, headers=token("read")).status_code == 403


def test_the_same_key_is_done_once_and_answered_alike(browser: Any) -> None:
    headers = {**token("enrol"), "Idempotency-Key": "k1"}
    first = browser("POST", "/api/v1/trial", json={"n": 1}, headers=headers)
    second = browser("POST", "/api/v1/trial", json={"n": 1}, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json, second.json, entries()) == ({"n": 1}, {"n": 1}, 1)


def test_the_same_key_with_another_body_is_refused(browser: Any) -> None:
    headers = {**token("enrol"), "Idempotency-Key": "k1"}
    browser("POST", "/api/v1/trial", json={"n": 1}, headers=headers)
    answer = browser("POST", "/api/v1/trial", json={"n": 2}, headers=headers)
    assert (answer.status_code, answer.json["type"]) == (422, "urn:torvet:key-reused")


def test_a_refused_request_is_judged_anew(browser: Any) -> None:
    headers = {**token("enrol"), "Idempotency-Key": "k2"}
    for _attempt in range(2):
        answer = browser("POST", "/api/v1/trial", json={"n": 101}, headers=headers)
        assert answer.status_code == 409


@pytest.mark.parametrize("key", ["", "a b", "ø", "x" * 201])
def test_an_unreadable_key_is_refused(browser: Any, key: str) -> None:
    headers = {**token("enrol"), "Idempotency-Key": key}
    assert browser("POST", "/api/v1/trial", json={"n": 1}, headers=headers).status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"n": "1"}', b'{"n": 1.5}', b'{"n": NaN}'])
def test_a_body_that_does_not_fit_names_the_place(browser: Any, body: bytes) -> None:
    headers = {**token("enrol"), "Content-Type": "application/json"}
    answer = browser("POST", "/api/v1/trial", data=body, headers=headers)
    assert (answer.status_code, set(answer.json["errors"])) in [(422, {"body"}), (422, {"n"})]


def test_the_document_describes_the_call(browser: Any) -> None:
    call = browser("GET", "/api/v1/openapi.json").json["paths"]["/api/v1/trial"]["post"]
    assert call["summary"] == "Count one more."
    assert set(call["responses"]) >= {"201", "401", "403", "422"}


def test_sqlite_says_of_itself_what_it_must(browser: Any) -> None:
    said = {name: expected for name, (_told, expected) in SQLITE_SETTINGS.items()} | SQLITE_PACE
    for name, expected in said.items():
        assert db.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() == expected


def test_every_answer_carries_the_headers(browser: Any) -> None:
    headers = browser("GET", "/healthz").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_one_mailbox_may_be_several_persons(browser: Any) -> None:
    with unit_of_work():
        one = people.person_for("Fælles@forening.example", "Amal Yusuf")
        same = people.person_for("fælles@forening.example", " amal  yusuf ")
        other = people.person_for("fælles@forening.example", "Bo Hansen")
    assert (one.id == same.id, one.id == other.id) == (True, False)


def test_forgetting_a_person_leaves_an_empty_row(browser: Any) -> None:
    with unit_of_work():
        person = people.person_for("amal@forening.example", "Amal Yusuf")
        people.sign_in("amal@forening.example")
        people.forget(person)
    row = db.session.get_one(Person, person.id)
    assert (row.name, row.email, row.name_folded) == ("", None, None)
