"""What a mail server's answer means: the mailbox refuses, or the letter is tried again later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# As long as mail servers themselves keep a letter that one mailbox does not take.
GIVEN_UP_AFTER = timedelta(days=5)
# A mailbox that asks to be tried again (greylisting) is no news for the team before that.
NEWS_AFTER = timedelta(hours=4)
LONGEST_SAID = 200


class SmtpStage(StrEnum):
    """How far the conversation with the mail server had come."""

    CONNECT = "connect"
    GREETING = "greeting"
    HELLO = "hello"
    ENCRYPT = "encrypt"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    # After the whole letter was handed over.
    LETTER = "letter"


class Meaning(StrEnum):
    """What becomes of the letter. `hold`: nothing can leave at present, this letter nor others."""

    BOUNCED = "bounced"
    LATER = "later"
    HOLD = "hold"


class Cause(StrEnum):
    """What is wrong, as far as the answer tells: it decides what one is advised to do."""

    UNREACHABLE = "unreachable"
    ENCRYPTION = "encryption"
    PASSWORD = "password"  # noqa: S105 the name of a cause
    SENDER = "sender"
    RELAY = "relay"
    LIMIT = "limit"
    SIZE = "size"
    FULL = "full"
    MISTRUST = "mistrust"
    OTHER = "other"


# Whatever is refused up to here is refused to every letter.
_BEFORE_THE_LETTER = (
    SmtpStage.CONNECT,
    SmtpStage.GREETING,
    SmtpStage.HELLO,
    SmtpStage.ENCRYPT,
    SmtpStage.SIGN_IN,
    SmtpStage.SENDER,
)
# A refusal here answers for the one recipient that a letter has; what was refused earlier cannot.
_OF_THE_RECIPIENT = (SmtpStage.RECIPIENT, SmtpStage.DATA, SmtpStage.LETTER)

# The enhanced code (RFC 3463) begins the answer; four numbers are an address of the network.
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")
_MAILBOX = re.compile(r"5\.1\.\d+|5\.2\.1")
# Of these two the sender's address is the bad one.
_BAD_SENDER = ("5.1.7", "5.1.8")

# What is said where the sender is refused under a code that is meant for recipients.
_SENDER_REFUSED = re.compile(
    r"sender (address|domain|verif|reject|refuse|denied|unknown)|mail from|from address", re.I
)
# Words that tell of something else than a mailbox that is not there.
_WORDS: dict[Cause, re.Pattern[str]] = {
    cause: re.compile(words, re.IGNORECASE)
    for cause, words in {
        Cause.SENDER: r"\bsenders?\b|\bmail from\b|\bfrom (address|header)|not owned",
        Cause.RELAY: r"\brelay(?! recipient)|authenticat|\bauth\b|not permitted|sign in|log ?in",
        Cause.SIZE: r"too (big|large)|\bsize\b",
        Cause.LIMIT: r"limit|quota exceeded|sending quota|too (many|much)|\brate\b|exceed|"
        r"throttl|\bmax|\bdaily\b|\bhourly\b|per (hour|day|minute)",
        Cause.FULL: r"\bfull\b|quota|storage|space",
        Cause.MISTRUST: r"spam|block|black|\bdeny|denied|denies|polic|reputation|\bbann|access|"
        r"\bspf\b|dkim|dmarc|virus|reject(ed)? (due|because|by)|\brbl\b|listed|suspicious|"
        r"reverse dns|\bptr\b|content|abuse|unsolicited|prohibit|not (allowed|authori[sz]ed)|"
        r"\bip\b|\bhost\b|client|\bhelo\b|\behlo\b|verif|temporar|try (again|later)|secur",
    }.items()
}


@dataclass(frozen=True)
class Reply:
    """What the server said and when; without a code it said nothing, and `text` tells why."""

    stage: SmtpStage
    code: int | None
    text: str = ""

    @property
    def status(self) -> str | None:
        """The enhanced code, such as 5.1.1, that begins one of the answer's lines."""
        starts = (_STATUS.match(line.strip()) for line in self.text.splitlines())
        return next((start[0] for start in starts if start), None)

    @property
    def permanent(self) -> bool:
        """Whether the same would be refused again; where the two codes differ, it would not."""
        return self.code is not None and self.code >= 500 and (self.status or "5").startswith("5")


@dataclass(frozen=True)
class Evidence:
    """What this server did today for the same sender and other recipients.

    `others_taken`: it accepted one; `others_sent`: it took a whole letter.
    """

    others_taken: bool = False
    others_sent: bool = False


def meaning(reply: Reply, evidence: Evidence) -> Meaning:
    """What becomes of a letter that got this answer."""
    if _speaks_of_the_mailbox(reply, evidence):
        return Meaning.BOUNCED
    if reply.stage in _BEFORE_THE_LETTER and cause(reply) is not Cause.SIZE:
        return Meaning.HOLD
    return Meaning.LATER


def is_over(failing_for: timedelta, by_the_server: bool, evidence: Evidence) -> bool:
    """Whether to give up on a letter that has failed for so long.

    While the server takes no other letter either, it is the server that is wrong, not this one.
    """
    return failing_for >= GIVEN_UP_AFTER and (evidence.others_sent or not by_the_server)


def is_news(reply: Reply, failing_for: timedelta) -> bool:
    """Whether the team is told now: of all but a mailbox that asks to be tried again soon."""
    soon = reply.stage is SmtpStage.RECIPIENT and not reply.permanent
    return not soon or failing_for >= NEWS_AFTER


def cause(reply: Reply) -> Cause:
    """What is wrong, by the stage, then by the codes, then by the words."""
    return (
        _cause_by_stage(reply)
        or _cause_by_code(reply)
        or _cause_by_words(reply.text)
        or (Cause.MISTRUST if (reply.status or "").startswith("5.7.") else Cause.OTHER)
    )


def without_people(text: str, recipient: str) -> str:
    """What was said, as one line and without addresses, to be kept apart from the letter."""
    local_part = recipient.partition("@")[0]
    anybody = r"<[^<>\s]*>|\S+@\S+"
    # Shorter ones, and numbers, are words and codes as well.
    if len(local_part) > 2 and not local_part.isdecimal():
        anybody += rf"|(?<!\w){re.escape(local_part)}(?!\w)"
    return " ".join(re.sub(anybody, "…", text, flags=re.IGNORECASE).split())[:LONGEST_SAID]


def _speaks_of_the_mailbox(reply: Reply, evidence: Evidence) -> bool:
    """A permanent refusal of the recipient, for a reason that lies with the mailbox."""
    if reply.stage not in _OF_THE_RECIPIENT or not reply.permanent or reply.code == 552:
        return False
    if reply.status:
        told = _MAILBOX.fullmatch(reply.status) and reply.status not in _BAD_SENDER
        return bool(told) and not _SENDER_REFUSED.search(reply.text)
    bare = reply.stage is SmtpStage.RECIPIENT and reply.code == 550
    return bare and evidence.others_taken and _cause_by_words(reply.text) is None


def _cause_by_stage(reply: Reply) -> Cause | None:
    if reply.stage is SmtpStage.ENCRYPT:
        return Cause.ENCRYPTION
    if reply.stage is SmtpStage.SIGN_IN and reply.code != 421:
        return Cause.PASSWORD
    if reply.code in (None, 421) or reply.stage in (SmtpStage.GREETING, SmtpStage.HELLO):
        return Cause.UNREACHABLE
    return None


def _cause_by_code(reply: Reply) -> Cause | None:
    """The codes whose meaning leaves no doubt."""
    if reply.code in (530, 534, 535, 538):
        return Cause.RELAY
    by_status = {
        "5.1.7": Cause.SENDER,
        "5.1.8": Cause.SENDER,
        "5.2.2": Cause.FULL,
        "5.2.3": Cause.SIZE,
        "5.3.4": Cause.SIZE,
        "5.4.5": Cause.LIMIT,
        "5.7.26": Cause.MISTRUST,
    }
    return by_status.get("5" + (reply.status or "")[1:])


def _cause_by_words(text: str) -> Cause | None:
    return next((cause for cause, words in _WORDS.items() if words.search(text)), None)
