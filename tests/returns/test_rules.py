"""What came back is read as Postfix, Exim and OpenSMTPD write it, and all else is left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.returns.rules import MOST_BYTES, Failure, MailUnreadable, failure
from tests.returns.mails.making import MESSAGE_ID, mail, names

REFUSED = names("postfix", "exim", "opensmtpd", "words")
UNDELIVERED = names("undelivered")
LEFT_ALONE = names("delayed", "delivered", "automatic")


def told(name: str) -> Failure:
    """The failure that this mail tells of."""
    failed = failure(mail(name))
    assert failed is not None
    return failed


@pytest.mark.parametrize("name", REFUSED)
def test_mailbox_that_is_not_there_is_told_of_the_letter(name: str) -> None:
    failed = told(name)
    assert failed.of_the_mailbox
    assert failed.message_ids == (MESSAGE_ID,)
    assert failed.reply.code == 550
    assert failed.at is not None
    assert abs(failed.at - datetime(2026, 11, 30, 8, 14, 10, tzinfo=UTC)).total_seconds() < 60


@pytest.mark.parametrize("name", UNDELIVERED)
def test_letter_that_did_not_arrive_for_another_reason_is_no_bounce(name: str) -> None:
    failed = told(name)
    assert not failed.of_the_mailbox
    assert failed.message_ids == (MESSAGE_ID,)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_delays_arrivals_and_automatic_replies_are_left_alone(name: str) -> None:
    assert failure(mail(name)) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("postfix_unknown", "5.1.1 <aya@post.example>: Recipient address rejected: User unknown"),
        ("postfix_local", "5.1.1 unknown user: "),
        ("exim_bare", "No such user here"),
        ("opensmtpd_vague", "5.1.1 The email account that you tried to reach does not exist"),
        ("undelivered_postfix_expired", "4.2.2 Mailbox full"),
    ],
)
def test_what_was_said_is_kept(name: str, said: str) -> None:
    assert told(name).reply.text.startswith(said)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: multipart/report; boundary=x\n\n--x\n--x\n--x--\n--x",
        b"Content-Type: multipart/report\n\nno boundary",
        b"Content-Type: message/delivery-status\n\n" + b"Action: delayed\n\n" * 2000,
        b"Subject: " + b"=?utf-8?q?=C3?=" * 5000 + b"\n\nwords",
        b"Content-Type: text/plain; charset=klingon\n\n550 5.1.1 \xff",
        b"From: MAILER-DAEMON@x\nContent-Type: text/plain; charset=\x00utf-8\n\nwords",
        b"A" * (2 * MOST_BYTES),
    ],
)
def test_broken_mail_is_no_notice(content: bytes) -> None:
    assert failure(content) is None


@pytest.mark.parametrize("levels", [41, 400, 4000])
def test_mail_of_many_levels_is_put_aside(levels: int) -> None:
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n'
        for number in range(levels)
    )
    with pytest.raises(MailUnreadable):
        failure(head.encode() + mail("postfix_unknown"))


def test_mails_in_mails_are_put_aside() -> None:
    with pytest.raises(MailUnreadable):
        failure(b"Content-Type: message/rfc822\n\n" * 5000 + mail("postfix_unknown"))


def test_notice_is_read_though_the_letter_in_it_is_huge() -> None:
    whole = mail("postfix_unknown").replace(b"Hej Aya", b"Hej Aya\n" * 300_000)
    assert len(whole) > 2 * MOST_BYTES
    failed = failure(whole)
    assert failed is not None
    assert failed.message_ids == (MESSAGE_ID,)


@pytest.mark.parametrize("line", ["\r\n", "\n"])
def test_line_ends_do_not_matter(line: str) -> None:
    failed = failure(mail("exim_unknown").replace(b"\n", line.encode()))
    assert failed is not None
    assert failed.of_the_mailbox


def test_notice_in_words_alone_is_read_without_day_or_message_id() -> None:
    words = b"Sorry.\n550 5.1.1 <aya@post.example>: user unknown\n"
    failed = failure(b"From: MAILER-DAEMON@mx.example\n\n" + words)
    assert failed is not None
    assert failed.of_the_mailbox
    assert (failed.message_ids, failed.at) == ((), None)
    assert failed.reply.text == "5.1.1 <aya@post.example>: user unknown"
    assert failure(b"From: bo@post.example\n\n" + words) is None


@pytest.mark.parametrize("kind", ["delivery-status", "global-delivery-status"])
def test_report_whose_recipient_is_a_mail_of_many_parts_is_read(kind: str) -> None:
    report = b"Action: failed\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nx\n--q--\n"
    failed = failure(f"Content-Type: message/{kind}\n\n".encode() + report)
    assert failed is not None
    assert (failed.reply.code, failed.of_the_mailbox) == (550, False)


def test_mail_of_too_many_parts_is_put_aside() -> None:
    parts = b"--q\n\nwords\n" * 60
    with pytest.raises(MailUnreadable):
        failure(b"Content-Type: multipart/mixed; boundary=q\n\n" + parts + b"--q--\n")
