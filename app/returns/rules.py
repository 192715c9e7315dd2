"""What a mail that came back tells: which letter did not arrive, and what was said of it.

Postfix, Exim and OpenSMTPD write such notices differently; delays, automatic replies and
somebody's own words are told apart from them. What was read is bounded, for anybody may write here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from enum import StrEnum

from app.core import mail_replies
from app.core.mail_replies import Evidence, Meaning, Reply, SmtpStage

# The part that tells comes first; the rest is our own letter, with its files.
MOST_BYTES = 512 * 1024
MOST_PARTS = 40
MOST_WORDS = 4_000
MOST_IDS = 20
MAILERS = ("mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster")

_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,90}@[^<>\s@]{1,120}>")
_NAMED = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_VAGUE = re.compile(r"[245]\.0\.0")
# What a server answers: three digits, and words that may begin with an enhanced code.
_ANSWER = re.compile(r"(?<![\d.])([45]\d\d)[ -](.+)", re.DOTALL)
_ANSWER_IN_WORDS = re.compile(r"(?<![\d.])(5\d\d)[ -]#?((?:5\.\d{1,3}\.\d{1,3})?[^\n]*)")
_STATUS_IN_WORDS = re.compile(r"\(#(5\.\d{1,3}\.\d{1,3})\)")
# Where the copy of our own letter begins in a notice that is words alone.
_COPY = re.compile(r"^\W*(below this line|this is a copy|original message)", re.I | re.M)
_DELAY = re.compile(
    r"\bdelay|temporar|will be retried|keep trying|still trying|not yet|no action|warning", re.I
)
_STAGES = (
    (re.compile(r"(in reply to|after)( the)? (end of )?data", re.I), SmtpStage.LETTER),
    (re.compile(r"(in reply to|after) (pipelined )?mail from", re.I), SmtpStage.SENDER),
    (re.compile(r"(in reply to|after) ([eh]{2}lo|helo|initial connection)", re.I), SmtpStage.HELLO),
)
# Words that say of the mailbox that it is not there, where no enhanced code does.
_NOBODY = re.compile(
    r"(user|recipient|mailbox|address|account|local part)\b.{0,90}?\b(unknown|not exist|"
    r"n[o']t exist|not found|unavailable|disabled|inactive|no longer)|"
    r"\bno such (user|recipient|mailbox|address|account|person)|"
    r"\b(unknown|invalid|unrouteable) (user|recipient|mailbox|address|account|local part)|"
    r"\bnot a (valid|known) (user|recipient|mailbox|address)|\bno mailbox\b",
    re.I,
)


class MailUnreadable(ValueError):
    """It is too deep or too broken to be read; the words say how, and name nobody."""


@dataclass(frozen=True)
class Failure:
    """A letter that did not arrive: the Message-IDs it may have, what was said, when."""

    message_ids: tuple[str, ...]
    reply: Reply
    at: datetime | None

    @property
    def of_the_mailbox(self) -> bool:
        """Whether the mailbox is not there. A code without more counts only with words for it."""
        evidence = Evidence(others_taken=bool(_NOBODY.search(self.reply.text)))
        return mail_replies.meaning(self.reply, evidence) is Meaning.BOUNCED


class MailOutcome(StrEnum):
    """What a mail in that box was. `unknown`: it tells of a letter that is not ours; `old`: of one
    that was sent again since."""

    BOUNCED = "bounced"
    UNDELIVERED = "undelivered"
    OLD = "old"
    UNKNOWN = "unknown"
    OTHER = "other"
    UNREADABLE = "unreadable"


def outcome_of(failed: Failure, ours: bool, sent_again_at: datetime | None) -> MailOutcome:
    """What follows for the letter that the notice tells of."""
    if not ours:
        return MailOutcome.UNKNOWN
    if sent_again_at is not None and (failed.at is None or failed.at < sent_again_at):
        return MailOutcome.OLD
    return MailOutcome.BOUNCED if failed.of_the_mailbox else MailOutcome.UNDELIVERED


def failure(content: bytes) -> Failure | None:
    """What came back, or None where it is no notice of a failure; raises MailUnreadable."""
    content = content[:MOST_BYTES]
    # Each more would be looked for in every line that follows.
    if content.lower().count(b"boundary") > MOST_PARTS:
        raise MailUnreadable("too many parts")
    try:
        mail = message_from_bytes(content)
        parts = list(_parts(mail))
        blocks = [block for part in parts for block in _blocks(part)]
        text = "\n".join(_text(part) for part in parts if part.get_content_type() == "text/plain")
        words = _said(text)
        reply = _reported(blocks, words) if blocks else _told_in_words(mail, words)
        if reply is None:
            return None
        return Failure(_message_ids(mail, parts, text), reply, _moment(mail))
    except (RecursionError, LookupError, TypeError, AttributeError) as error:
        raise MailUnreadable(type(error).__name__) from error


def _parts(mail: Message) -> Iterator[Message]:
    """The notice's own parts, without those of the letter that is returned in it."""
    waiting, seen = [mail], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS:
            raise MailUnreadable("too many parts")
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += part.get_payload()  # type: ignore[arg-type]
        else:
            yield part


def _blocks(part: Message) -> list[Message]:
    """What is reported of each recipient (RFC 3464)."""
    if part.get_content_type() not in (
        "message/delivery-status",
        "message/global-delivery-status",
    ):
        return []
    # Of the second kind the library makes one message, whose text holds the other blocks.
    inner = part.get_payload() if part.is_multipart() else [message_from_string(_text(part))]
    blocks: list[Message] = []
    for block in inner:
        more = _text(block).strip() if isinstance(block, Message) else ""
        blocks += [block, *(message_from_string(text) for text in more.split("\n\n") if text)]  # type: ignore[list-item]
    return [block for block in blocks if block["Action"]]


def _reported(blocks: Iterable[Message], words: str) -> Reply | None:
    """What was said of the first recipient that failed; delays and arrivals are no failure."""
    failed = (block for block in blocks if str(block["Action"]).strip().lower() == "failed")
    block = next(failed, None)
    if block is None:
        return None
    said = " ".join(str(block["Diagnostic-Code"] or "").partition(";")[2].split())
    answer = _ANSWER.search(said) or (None if said else _ANSWER_IN_WORDS.search(words))
    status = _STATUS.search(str(block["Status"] or ""))
    code = int(answer[1]) if answer else (450 if status and status[0][0] == "4" else 550)
    text = " ".join(answer[2].split()) if answer else said or _beginning(words)
    if status and not _VAGUE.fullmatch(status[0]) and not _STATUS.match(text):
        text = f"{status[0]} {text}"
    return Reply(_stage(f"{said} {words}"), code, text)


def _told_in_words(mail: Message, words: str) -> Reply | None:
    """The same of a notice that is words alone, and only of one that a mail server wrote."""
    if not _by_a_mailer(mail) or _DELAY.search(words):
        return None
    answer, status = _ANSWER_IN_WORDS.search(words), _STATUS_IN_WORDS.search(words)
    if answer:
        return Reply(_stage(words), int(answer[1]), answer[2].strip())
    if status or _NOBODY.search(words):
        code = f"{status[1]} " if status else ""
        return Reply(_stage(words), 550, code + _beginning(words))
    return None


def _by_a_mailer(mail: Message) -> bool:
    other_report = mail.get_content_type() == "multipart/report"
    automatic = mail["X-Autoreply"] or mail["X-Autorespond"] or mail["Precedence"] == "auto_reply"
    if other_report or automatic:
        return False
    local_part = parseaddr(str(mail["From"] or ""))[1].partition("@")[0].lower()
    return bool(mail["X-Failed-Recipients"]) or local_part in MAILERS


def _message_ids(mail: Message, parts: list[Message], text: str) -> tuple[str, ...]:
    """By what is returned of the letter, else by what the notice answers, else by its words."""
    returned = [str(letter["Message-ID"] or "") for letter in _returned(parts)]
    answered = [str(mail[name] or "") for name in ("References", "In-Reply-To")]
    for lines in (returned, answered, _NAMED.findall(text)):
        ids = [found for line in lines for found in _MESSAGE_ID.findall(line)]
        if ids:
            return tuple(dict.fromkeys(ids))[:MOST_IDS]
    return ()


def _returned(parts: Iterable[Message]) -> Iterator[Message]:
    """The letter that is returned, whole or its headers."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            yield message_from_string(_text(part))
        elif part.get_content_type() in (
            "message/rfc822",
            "message/global",
            "message/global-headers",
        ):
            yield from part.get_payload() if part.is_multipart() else ()  # type: ignore[misc]


def _said(text: str) -> str:
    """What is said to people, as far as it is not the copy of our own letter."""
    copy = _COPY.search(text)
    return text[: copy.start() if copy else MOST_WORDS][:MOST_WORDS]


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _stage(words: str) -> SmtpStage:
    return next((stage for told, stage in _STAGES if told.search(words)), SmtpStage.RECIPIENT)


def _beginning(words: str) -> str:
    return " ".join(words.split())[: mail_replies.LONGEST_SAID]


def _moment(mail: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(mail["Date"]))
    except (ValueError, IndexError):
        return None
    # Written "-0000": the hour is known, only not where it was written.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
