"""The box that returned mail comes to: read once, by any number of workers, and only about ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core import clock
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import emails as people_emails
from app.post import delivering, undelivered
from app.post.worker import parts_of
from app.returns import queries as returns
from app.returns.jobs import read_returned_mail
from app.returns.models import ReadMail, ReturnBox
from app.returns.rules import MailOutcome
from app.returns.services import reading
from app.returns.services.mailboxes import Maildir
from tests.returns.mails.making import RECIPIENT, mail
from tests.workshops.test_races import released_at_once

MINUTE = timedelta(minutes=1)


@pytest.fixture
def box(app: Flask, tmp_path: Path) -> Iterator[Maildir]:
    """An empty Maildir that the worker reads."""
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    maildir = Maildir(tmp_path)
    with read_by(app, f"maildir://{tmp_path}"):
        yield maildir


@contextmanager
def read_by(app: Flask, url: str) -> Iterator[None]:
    """The settings name this mailbox."""
    app.config["RETURNS_URL"] = url
    yield
    app.config["RETURNS_URL"] = ""


def arrives(box: Maildir, content: bytes, name: str = "1796026449.V1.relay") -> Path:
    """A mail lies in the box."""
    file = box.folder / "new" / name
    file.write_bytes(content)
    return file


def sent(app: Flask, email: str = RECIPIENT) -> Letter:
    """A letter that the mail server took."""
    with unit_of_work():
        people_emails.sign_in_link(email, "a" * 22, "123456", "da")
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    delivering.note_sent(letter.id, parts_of(app).office)
    return again(letter.id)


def again(letter_id: int) -> Letter:
    db.session.rollback()
    return db.session.get_one(Letter, letter_id, populate_existing=True)


def read(later: timedelta = timedelta()) -> int:
    """A look into the box, a while from now."""
    with at(clock.now() + later):
        return read_returned_mail(clock.now())


def outcomes() -> list[MailOutcome]:
    db.session.rollback()
    return list(db.session.scalars(select(ReadMail.outcome).order_by(ReadMail.id)))


def now_dated(content: bytes, moment: datetime) -> bytes:
    """The mail with another date in its head."""
    line = f"Date: {moment:%a, %d %b %Y %H:%M:%S} +0000".encode()
    return content.replace(b"Date: Mon, 30 Nov 2026 09:14:09 +0100 (CET)", line)


def test_letter_that_came_back_is_marked_with_what_was_said(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    arrives(box, mail("postfix_unknown", letter.message_id))
    assert read() == 1
    letter = again(letter.id)
    assert letter.state == LetterState.BOUNCED
    assert (letter.failed_code, letter.failed_stage) == (550, "recipient")
    assert letter.last_error == (
        "5.1.1 …: Recipient address rejected: User unknown in virtual mailbox table"
    )


def test_letter_that_was_given_up_for_another_reason_is_no_bounce(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    arrives(box, mail("undelivered_postfix_policy", letter.message_id))
    read()
    assert again(letter.id).state == LetterState.DEAD
    assert undelivered.counts() == {LetterState.DEAD: 1}


@pytest.mark.parametrize("name", ["delayed_exim", "automatic_sieve", "automatic_challenge"])
def test_what_is_no_failure_leaves_the_letter_alone(app: Flask, box: Maildir, name: str) -> None:
    letter = sent(app)
    arrives(box, mail(name, letter.message_id))
    assert read() == 1
    assert again(letter.id).state == LetterState.SENT
    assert outcomes() == [MailOutcome.OTHER]


def test_forged_notice_bounces_no_strangers_address(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    arrives(box, mail("exim_unknown", "<guessed@torvet.example>", letter.email))
    read()
    assert again(letter.id).state == LetterState.SENT
    assert outcomes() == [MailOutcome.UNKNOWN]


def test_each_mail_is_read_once_wherever_it_is_moved(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    file = arrives(box, mail("postfix_unknown", letter.message_id))
    read()
    with unit_of_work():
        undelivered.send_again(letter.id)
    delivering.note_sent(letter.id, parts_of(app).office)
    # Somebody opens it in a mail program, which moves it and writes its flags.
    file.rename(box.folder / "cur" / f"{file.name}:2,S")
    assert read(2 * MINUTE) == 0
    assert again(letter.id).state == LetterState.SENT


def test_notice_from_before_the_letter_was_sent_again_is_old(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    with unit_of_work():
        db.session.execute(update(Letter).values(state=LetterState.BOUNCED))
        undelivered.send_again(letter.id)
    delivering.note_sent(letter.id, parts_of(app).office)
    before = clock.now() - timedelta(hours=1)
    arrives(box, now_dated(mail("postfix_unknown", letter.message_id), before))
    read()
    assert (again(letter.id).state, outcomes()) == (LetterState.SENT, [MailOutcome.OLD])
    after = clock.now() + timedelta(hours=1)
    arrives(box, now_dated(mail("postfix_unknown", letter.message_id), after), "2.V1.relay")
    read(2 * MINUTE)
    assert again(letter.id).state == LetterState.BOUNCED


def test_the_box_is_looked_into_once_a_minute(app: Flask, box: Maildir) -> None:
    assert read() == 0
    arrives(box, mail("delayed_exim"))
    assert read() == 0
    assert read(2 * MINUTE) == 1


@pytest.mark.internal
def test_many_workers_read_each_mail_once(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    letter_id = letter.id
    for count in range(12):
        arrives(box, mail("exim_unknown", letter.message_id), f"{count}.relay")
    keys = box.keys(clock.now() - MINUTE)

    # Each of them as if it had its turn.
    def look(app: Flask) -> tuple[int, None]:
        with app.app_context():
            return sum(
                reading._take(reading._hash(box, key), box.content(key) or b"") for key in keys
            ), None

    read_by_each = released_at_once(app, [look] * 4)
    assert sum(number for number, _ in read_by_each) == len(outcomes()) == 12
    assert again(letter_id).state == LetterState.BOUNCED


@pytest.mark.internal
def test_of_several_workers_one_looks_into_the_box(app: Flask, box: Maildir) -> None:
    now = clock.now()

    def turn(app: Flask) -> tuple[int, None]:
        with app.app_context():
            return int(reading._our_turn(now)), None

    assert sorted(ours for ours, _ in released_at_once(app, [turn] * 6)) == [0] * 5 + [1]


def test_hostile_mail_is_put_aside_and_the_next_is_read(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    arrives(box, b'Content-Type: multipart/mixed; boundary="a"\n\n--a\n' * 5000, "1.relay")
    arrives(box, mail("opensmtpd_vague", letter.message_id), "2.relay")
    assert read() == 2
    assert outcomes() == [MailOutcome.UNREADABLE, MailOutcome.BOUNCED]
    [aside] = returns.put_aside()
    assert aside.note == "too many parts"


def test_what_is_no_mail_is_not_opened(app: Flask, box: Maildir) -> None:
    os.mkfifo(box.folder / "new" / "pipe")
    (box.folder / "new" / "link").symlink_to("/etc/passwd")
    (box.folder / "cur" / "folder").mkdir()
    assert read() == 0


def test_old_mail_is_no_news(app: Flask, box: Maildir) -> None:
    letter = sent(app)
    file = arrives(box, mail("postfix_unknown", letter.message_id))
    long_ago = (clock.now() - timedelta(days=40)).timestamp()
    os.utime(file, (long_ago, long_ago))
    assert read() == 0


def test_more_than_a_handful_are_read_by_and_by(app: Flask, box: Maildir) -> None:
    for number in range(reading.MOST_AT_ONCE + 5):
        arrives(box, mail("delayed_exim"), f"{number:03}.relay")
    assert read() == reading.MOST_AT_ONCE
    # Without a pause, for more was there.
    assert read(timedelta(seconds=1)) == 5


def test_box_that_cannot_be_read_is_told_since_when(app: Flask, tmp_path: Path) -> None:
    with read_by(app, f"maildir://{tmp_path}/gone"):
        assert read() == 0
        fault = returns.box_fault()
        assert fault is not None
        assert fault.said == "No such file or directory"
        since = fault.failing_since
        assert read(timedelta(minutes=11)) == 0
        fault = returns.box_fault()
        assert fault is not None
        assert fault.failing_since == since
    for part in ("new", "cur"):
        (tmp_path / "gone" / part).mkdir(parents=True)
    with read_by(app, f"maildir://{tmp_path}/gone"):
        read(timedelta(minutes=30))
        assert returns.box_fault() is None


def test_without_a_box_nothing_is_asked(app: Flask) -> None:
    assert read() == 0
    db.session.rollback()
    assert db.session.scalar(select(ReturnBox)) is None
