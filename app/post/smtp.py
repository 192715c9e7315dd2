"""One letter handed to a mail server, step by step, so that a refusal tells where it happened."""

from __future__ import annotations

import smtplib
import ssl
from types import TracebackType

from flask_mail import Mail

from app.core.mail_replies import Reply, SmtpStage


class MailRefused(OSError):
    """The letter was not taken; `reply` is what the server said, and at which step."""

    def __init__(self, reply: Reply) -> None:
        said = f"{reply.code or ''} {reply.text}".strip()
        super().__init__(f"{reply.stage}: {said}")
        self.reply = reply


class Conversation:
    """One connection for one letter. Flask-Mail has the settings; it does not tell the step.

    It would also take a letter for lost that the server has accepted, where the goodbye fails.
    """

    def __init__(self, mail: Mail, seconds: float) -> None:
        self._mail = mail
        self._seconds = seconds
        self._stage = SmtpStage.CONNECT
        self._host: smtplib.SMTP | None = None

    def __enter__(self) -> Conversation:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye; whether that succeeds changes nothing for the letter."""
        if self._host is None:
            return
        try:
            self._host.quit()
        except OSError:
            self._host.close()

    def hand_over(self, sender: str, recipient: str, content: bytes) -> None:
        """Raise MailRefused unless the server has taken the letter."""
        try:
            host = self._greeted()
            self._sign_in(host)
            self._address(host, sender, recipient, len(content))
            self._stage = SmtpStage.DATA
            end = host.data(content)
            self._stage = SmtpStage.LETTER
            self._taken(*end)
        except smtplib.SMTPResponseException as refused:
            stage = self._stage_of(refused)
            raise MailRefused(Reply(stage, refused.smtp_code, _text(refused.smtp_error))) from None
        except MailRefused:
            raise
        except OSError as error:
            stage = SmtpStage.ENCRYPT if isinstance(error, ssl.SSLError) else self._stage
            raise MailRefused(Reply(stage, None, str(error) or type(error).__name__)) from error

    def _greeted(self) -> smtplib.SMTP:
        server = smtplib.SMTP_SSL if self._mail.use_ssl else smtplib.SMTP
        host: smtplib.SMTP = server(self._mail.server, self._mail.port, timeout=self._seconds)
        self._host = host
        self._stage = SmtpStage.HELLO
        host.ehlo_or_helo_if_needed()
        return host

    def _sign_in(self, host: smtplib.SMTP) -> None:
        if self._mail.use_tls:
            self._stage = SmtpStage.ENCRYPT
            host.starttls()
            host.ehlo_or_helo_if_needed()
        if self._mail.username and self._mail.password:
            self._stage = SmtpStage.SIGN_IN
            host.login(self._mail.username, self._mail.password)

    def _address(self, host: smtplib.SMTP, sender: str, recipient: str, size: int) -> None:
        options = [f"size={size}"] if host.does_esmtp and host.has_extn("size") else []
        self._stage = SmtpStage.SENDER
        self._taken(*host.mail(sender, options))
        self._stage = SmtpStage.RECIPIENT
        self._taken(*host.rcpt(recipient))

    def _taken(self, code: int, said: bytes) -> None:
        if not 200 <= code < 300:
            raise MailRefused(Reply(self._stage, code, _text(said)))

    def _stage_of(self, refused: smtplib.SMTPResponseException) -> SmtpStage:
        return SmtpStage.GREETING if isinstance(refused, smtplib.SMTPConnectError) else self._stage


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
