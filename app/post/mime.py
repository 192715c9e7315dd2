"""The one builder of letters: a row and its finished files made into the bytes that leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header
from email.headerregistry import Address, HeaderRegistry, UniqueAddressHeader
from email.headerregistry import UniqueUnstructuredHeader as UniqueText
from email.message import EmailMessage
from email.policy import SMTP, Policy, compat32
from email.utils import format_datetime, getaddresses
from typing import Any

from app.core.attachments import Attachment
from app.core.outbox import Letter, page_of, signed
from app.core.owner import contact

# Something, an @ and something: what stands in the settings is a whole address, not a part of one.
_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")
_ENCODED_WORD = "=?"
_LONGEST_WORD = 60


def mime_message(letter: Letter, attachments: Sequence[Attachment], sender: str) -> EmailMessage:
    """The letter as it leaves; built twice from the same row it is the same to the byte."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = letter.subject
    message["From"] = sender_address(sender)
    message["To"] = Address(addr_spec=address_in_ascii(letter.email))
    if contact().mail:
        message["Reply-To"] = Address(addr_spec=address_in_ascii(contact().mail))
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    message.set_content(signed(letter))
    message.add_alternative(page_of(letter), subtype="html")
    for attachment in attachments:
        _attach(message, attachment)
    # Last: whatever begins with Content- would be moved into the first part.
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    _fix_boundaries(message, letter.message_id)
    return message


def sender_address(text: str) -> Address:
    """`Name <address>` or an address alone; the name may hold a comma, quoted or not.

    Raises ValueError where no whole address stands there.
    """
    name, bracket, address = text.rpartition("<")
    if bracket and not address.rstrip().endswith(">"):
        raise ValueError(text)
    address = address.strip().removesuffix(">")
    if not _ADDRESS.fullmatch(address):
        raise ValueError(text)
    spelled = address_in_ascii(address)
    if not spelled.isascii():
        raise ValueError(text)
    return Address(name.strip().strip('"'), addr_spec=spelled)


def quoted_sender(text: str) -> str:
    """The sender as one string that Flask-Mail and others read alike: a name with a comma quoted.

    As a pair of name and address Flask-Mail would lose the address after the comma.
    """
    return str(sender_address(text))


def reads_back(text: str) -> bool:
    """Whether the sender is read from a letter's own line again: this name, this one address."""
    try:
        address = sender_address(text)
        message = EmailMessage(policy=POLICY)
        message["From"] = address
        line = message_from_bytes(message.as_bytes(), policy=compat32)["From"]
    except (ValueError, IndexError, HeaderParseError):
        return False
    found = [(_decoded(name), spec) for name, spec in getaddresses([line])]
    return found == [(address.display_name, address.addr_spec)]


def _decoded(name: str) -> str:
    return str(make_header(decode_header(name)))


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.mimetype.partition("/")
    message.add_attachment(
        attachment.content,
        maintype=main,
        subtype=sub,
        filename=attachment.filename,
        disposition="inline" if attachment.content_id else "attachment",
        cid=f"<{attachment.content_id}>" if attachment.content_id else None,
        params=dict(attachment.parameters),
    )


def address_in_ascii(address: str) -> str:
    """The address with a domain of æ, ø or å as servers know it (`xn--`)."""
    local_part, _, domain = address.rpartition("@")
    return f"{local_part}@{domain.encode('idna').decode()}"


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Lines between the parts made of the letter's own id: by themselves they would be drawn."""
    token = "".join(letter for letter in message_id.partition("@")[0] if letter.isalnum())
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"={number}={token}")


# Python 3.11 loses blanks between words when it folds a line of ASCII and other words, about one
# Danish title in ten. The older way of writing such a line, all of it encoded, keeps them.
def _folded(name: str, text: str, policy: Policy) -> str:
    plain = text.isascii() and _ENCODED_WORD not in text
    # A longer word would begin a line of its own, and be read back with a blank before it.
    plain = plain and max(map(len, text.split()), default=0) <= _LONGEST_WORD
    charset = "us-ascii" if plain else "utf-8"
    return Header(text, charset, header_name=name).encode(linesep=policy.linesep)


class _Subject(UniqueText):
    """The words as they are: the library would decode what looks encoded in somebody's title."""

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"] = None
        kwds["decoded"] = value

    def fold(self, *, policy: Policy) -> str:
        return f"Subject: {_folded('Subject', str(self), policy)}{policy.linesep}"


class _Sender(UniqueAddressHeader):
    def fold(self, *, policy: Policy) -> str:
        [address] = self.addresses
        if address.display_name.isascii():
            return f"From: {address}{policy.linesep}"
        name = _folded("From", address.display_name, policy)
        return f"From: {name} <{address.addr_spec}>{policy.linesep}"


# The registry itself adds the base class that the types ask for.
HEADERS = HeaderRegistry()
HEADERS.map_to_type("subject", _Subject)  # type: ignore[arg-type]
HEADERS.map_to_type("from", _Sender)  # type: ignore[arg-type]
# 7bit: no server on the way needs to be asked whether it takes letters beyond ASCII as they are.
POLICY = SMTP.clone(header_factory=HEADERS, cte_type="7bit")
