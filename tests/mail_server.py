"""A mail server that answers each step as it is told, to play those that are set up wrongly."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

DROP = ""
GOOD = {
    "greeting": "220 mail.example ESMTP",
    "EHLO": "250-mail.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN",
    "STARTTLS": "220 go ahead",
    "AUTH": "235 welcome",
    "MAIL": "250 sender ok",
    "RCPT": "250 recipient ok",
    "DATA": "354 go on",
    "letter": "250 taken",
    "QUIT": "221 bye",
    "RSET": "250 ok",
}


class MailServer(socketserver.ThreadingTCPServer):
    """Answers by step, or by step and recipient (`RCPT aya@…`); DROP hangs up instead."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers: dict[str, str] = {}
        self.received: list[bytes] = []
        self.calls = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def answer(self, step: str, recipient: str = "") -> str:
        """What it says at this step."""
        told = {**GOOD, **self.answers}
        return told.get(f"{step} {recipient}", told.get(step, "500 what?"))


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.calls += 1
        self.recipient = ""
        if not self._say("greeting"):
            return
        while line := self.rfile.readline().decode().strip():
            if not self._follow(line):
                return

    def _follow(self, line: str) -> bool:
        step = line.split(" ", 1)[0].upper()
        if step == "RCPT":
            self.recipient = line.partition("<")[2].partition(">")[0]
        if not self._say(step) or step == "QUIT":
            return False
        if step == "DATA" and self.server.answer("DATA").startswith("354"):
            return self._take()
        return True

    def _take(self) -> bool:
        content = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            content += line
        if not self._say("letter"):
            return False
        if self.server.answer("letter", self.recipient).startswith("2"):
            self.server.received.append(content)
        return True

    def _say(self, step: str) -> bool:
        said = self.server.answer(step, self.recipient)
        if said == DROP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(f"{said}\r\n".encode())
        return not said.startswith(("421", "554 5.3.2"))


@contextmanager
def running() -> Iterator[MailServer]:
    """A server for the length of the block."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
