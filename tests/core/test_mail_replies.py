"""What a mail server's answers mean: codes, words and the step they come at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.mail_replies import (
    GIVEN_UP_AFTER,
    NEWS_AFTER,
    Cause,
    Evidence,
    Meaning,
    Reply,
    SmtpStage,
    cause,
    is_news,
    is_over,
    meaning,
    without_people,
)

ALONE, AMONG_OTHERS = Evidence(others_taken=False), Evidence(others_taken=True)
RCPT, DATA, LETTER = SmtpStage.RECIPIENT, SmtpStage.DATA, SmtpStage.LETTER


@pytest.mark.parametrize("evidence", [ALONE, AMONG_OTHERS])
@pytest.mark.parametrize(
    ("stage", "code", "text"),
    [
        (RCPT, 550, "5.1.1 <aya@post.example>: Recipient address rejected: User unknown"),
        (RCPT, 550, "5.1.1 User unknown in relay recipient table"),
        (RCPT, 550, "5.1.10 Recipient domain has a null MX"),
        (RCPT, 556, "5.1.10 Domain does not accept mail"),
        (RCPT, 550, "5.1.2 Domain not found"),
        (RCPT, 553, "5.1.3 The recipient address is not a valid RFC-5321 address"),
        (RCPT, 501, "5.1.3 Bad recipient address syntax"),
        (RCPT, 551, "5.1.6 The mailbox has moved"),
        (RCPT, 554, "5.1.1 No such account"),
        (RCPT, 550, "5.2.1 The account that you tried to reach is disabled"),
        (RCPT, 550, "5.1.1 The account does not exist.\n5.1.1 Check the address."),
        (RCPT, 550, "Sorry.\n5.1.1 The account does not exist."),
        (DATA, 550, "5.1.1 No valid recipients"),
        (LETTER, 550, "5.1.1 User unknown"),
        (LETTER, 554, "5.2.1 Mailbox disabled"),
    ],
)
def test_a_mailbox_that_is_not_there_bounces(
    stage: SmtpStage, code: int, text: str, evidence: Evidence
) -> None:
    assert meaning(Reply(stage, code, text), evidence) is Meaning.BOUNCED


@pytest.mark.parametrize("evidence", [ALONE, AMONG_OTHERS])
@pytest.mark.parametrize(
    ("stage", "code", "text", "reason"),
    [
        (RCPT, 450, "4.1.1 Greylisted, try again", Cause.MISTRUST),
        (RCPT, 450, "5.1.1 both codes differ", Cause.OTHER),
        (RCPT, 550, "4.1.1 both codes differ", Cause.OTHER),
        (RCPT, 421, "4.3.2 Shutting down", Cause.UNREACHABLE),
        (RCPT, 550, "5.1.8 <torvet@by.example>: Sender address rejected", Cause.SENDER),
        (RCPT, 550, "5.1.7 Bad sender mailbox syntax", Cause.SENDER),
        (RCPT, 550, "5.1.0 <torvet@by.example>: Sender address rejected", Cause.SENDER),
        (RCPT, 553, "5.7.1 Sender address rejected: not owned by user torvet", Cause.SENDER),
        (RCPT, 553, "Sender address rejected: not owned by user", Cause.SENDER),
        (RCPT, 554, "5.7.1 <aya@post.example>: Relay access denied", Cause.RELAY),
        (RCPT, 554, "Relay access denied", Cause.RELAY),
        (RCPT, 550, "Relaying denied", Cause.RELAY),
        (RCPT, 530, "5.7.0 Must issue a STARTTLS command first", Cause.RELAY),
        (RCPT, 550, "5.7.1 Unable to relay", Cause.RELAY),
        (RCPT, 550, "5.7.23 SPF validation failed", Cause.MISTRUST),
        (RCPT, 550, "5.7.606 Access denied, banned sending IP", Cause.MISTRUST),
        (RCPT, 550, "5.2.2 Mailbox full", Cause.FULL),
        (RCPT, 552, "5.2.2 Over quota", Cause.FULL),
        (RCPT, 552, "5.1.1 whatever it says besides", Cause.OTHER),
        (RCPT, 552, "Requested mail action aborted: exceeded storage allocation", Cause.LIMIT),
        (RCPT, 550, "5.2.0 Mailbox has other trouble", Cause.OTHER),
        (RCPT, 550, "5.2.10 is no 5.2.1", Cause.OTHER),
        (RCPT, 550, "5.4.1 Recipient address rejected: Access denied", Cause.MISTRUST),
        (RCPT, 550, "5.4.5 Daily user sending limit exceeded", Cause.LIMIT),
        (RCPT, 550, "Daily sending quota exceeded", Cause.LIMIT),
        (RCPT, 550, "You have sent too many messages today", Cause.LIMIT),
        (RCPT, 550, "5.1.2.3 is listed at a blocklist", Cause.MISTRUST),
        (RCPT, 550, "rejected due to DMARC policy", Cause.MISTRUST),
        (RCPT, 550, "mailbox is full", Cause.FULL),
        (RCPT, 551, "User not local", Cause.OTHER),
        (RCPT, 553, "Mailbox name not allowed", Cause.MISTRUST),
        (RCPT, 554, "Transaction failed", Cause.OTHER),
        (RCPT, 503, "5.5.1 Bad sequence of commands", Cause.OTHER),
        (RCPT, None, "Connection unexpectedly closed", Cause.UNREACHABLE),
        (DATA, 554, "5.5.1 No valid recipients", Cause.OTHER),
        (DATA, 550, "No such user", Cause.OTHER),
        (DATA, None, "Connection unexpectedly closed", Cause.UNREACHABLE),
        (LETTER, 550, "5.7.26 Unauthenticated email is not accepted", Cause.MISTRUST),
        (LETTER, 550, "5.7.1 Message content rejected", Cause.MISTRUST),
        (LETTER, 552, "5.3.4 Message too big", Cause.SIZE),
        (LETTER, 552, "Quota exceeded", Cause.LIMIT),
        (LETTER, 550, "User unknown", Cause.OTHER),
        (LETTER, 554, "5.6.0 Bad message", Cause.OTHER),
        (LETTER, 451, "4.3.0 Try again", Cause.MISTRUST),
        (SmtpStage.SENDER, 552, "5.3.4 Message size exceeds fixed limit", Cause.SIZE),
    ],
)
def test_what_else_one_letter_is_refused_for_is_tried_later(
    stage: SmtpStage, code: int | None, text: str, reason: Cause, evidence: Evidence
) -> None:
    reply = Reply(stage, code, text)
    assert meaning(reply, evidence) is Meaning.LATER
    assert cause(reply) is reason


@pytest.mark.parametrize(
    ("stage", "code", "text", "reason"),
    [
        (SmtpStage.CONNECT, None, "Connection refused", Cause.UNREACHABLE),
        (SmtpStage.GREETING, 421, "4.7.0 Too many connections", Cause.UNREACHABLE),
        (SmtpStage.GREETING, 554, "5.7.1 Go away", Cause.UNREACHABLE),
        (SmtpStage.HELLO, 550, "5.1.1 We do not know you", Cause.UNREACHABLE),
        (SmtpStage.ENCRYPT, 454, "4.7.0 TLS not available", Cause.ENCRYPTION),
        (SmtpStage.ENCRYPT, None, "STARTTLS extension not supported", Cause.ENCRYPTION),
        (SmtpStage.SIGN_IN, 535, "5.7.8 Authentication credentials invalid", Cause.PASSWORD),
        (SmtpStage.SIGN_IN, 550, "5.1.1 No such user", Cause.PASSWORD),
        (SmtpStage.SIGN_IN, 421, "4.7.0 Too many attempts", Cause.UNREACHABLE),
        (SmtpStage.SENDER, 530, "5.7.0 Authentication required", Cause.RELAY),
        (SmtpStage.SENDER, 550, "5.1.1 User unknown", Cause.OTHER),
        (SmtpStage.SENDER, 553, "5.7.1 Sender address rejected: not owned by user", Cause.SENDER),
        (SmtpStage.SENDER, 550, "5.4.5 Daily sending limit exceeded", Cause.LIMIT),
        (SmtpStage.SENDER, 452, "4.3.1 Insufficient system storage", Cause.FULL),
        (SmtpStage.SENDER, 550, "No such user", Cause.OTHER),
        (SmtpStage.SENDER, 550, "5.7.509 Not wanted here", Cause.MISTRUST),
    ],
)
def test_what_is_refused_before_the_letter_holds_all_letters(
    stage: SmtpStage, code: int | None, text: str, reason: Cause
) -> None:
    reply = Reply(stage, code, text)
    assert meaning(reply, AMONG_OTHERS) is Meaning.HOLD
    assert cause(reply) is reason
    assert is_news(reply, timedelta(0))


@pytest.mark.parametrize(
    "text",
    [
        "No such user",
        "Requested action not taken: mailbox unavailable",
        "unrouteable address",
        "User unknown in relay recipient table",
        "",
    ],
)
def test_a_bare_550_bounces_only_where_the_server_took_somebody_else(text: str) -> None:
    reply = Reply(RCPT, 550, text)
    assert meaning(reply, ALONE) is Meaning.LATER
    assert meaning(reply, AMONG_OTHERS) is Meaning.BOUNCED


def test_a_letter_is_given_up_after_five_days_unless_the_server_takes_nobody() -> None:
    almost = GIVEN_UP_AFTER - timedelta(seconds=1)
    others_sent = Evidence(others_taken=True, others_sent=True)
    assert is_over(GIVEN_UP_AFTER, True, others_sent)
    assert not is_over(almost, True, others_sent)
    assert not is_over(GIVEN_UP_AFTER, True, AMONG_OTHERS)
    assert not is_over(30 * GIVEN_UP_AFTER, True, ALONE)
    assert is_over(GIVEN_UP_AFTER, False, ALONE)


def test_greylisting_is_no_news_until_it_has_lasted() -> None:
    reply = Reply(RCPT, 451, "4.7.1 Greylisted")
    assert not is_news(reply, NEWS_AFTER - timedelta(seconds=1))
    assert is_news(reply, NEWS_AFTER)
    assert is_news(Reply(LETTER, 451, "4.3.0 Later"), timedelta(0))
    assert is_news(Reply(RCPT, 554, "5.7.1 Relay access denied"), timedelta(0))


def test_what_was_said_is_kept_without_people() -> None:
    said = "5.1.1 <aya.noor@post.example>: user aya.noor unknown\r\n5.1.1 ask post@post.example"
    kept = without_people(said, "aya.noor@post.example")
    assert kept == "5.1.1 …: user … unknown 5.1.1 ask …"
    assert Reply(RCPT, 550, kept).status == "5.1.1"
    assert without_people("5.1.1 a box is not there", "a@b.example") == "5.1.1 a box is not there"
    assert without_people("550 5.1.1 gone", "550@b.example") == "550 5.1.1 gone"
    assert len(without_people("word " * 100, "a@b.example")) == 200
