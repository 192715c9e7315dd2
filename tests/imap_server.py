"""A real IMAP server of its own process, with a folder that tests put mails into."""

from __future__ import annotations

import imaplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# It is told its port by the system, and says which.
PROGRAM = """
import asyncio, pymap.main
start = asyncio.start_server
async def told(*args, **options):
    server = await start(*args, **options)
    print(server.sockets[0].getsockname()[1], flush=True)
    return server
asyncio.start_server = told
pymap.main.main()
"""
USER, PASSWORD = "retur@torvet.example", "grøn:skov/7"
ALONE = ("--no-tls", "--no-service", "managesieve", "--no-service", "admin")


@dataclass(frozen=True)
class ImapServer:
    """Where it listens."""

    port: int

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        """Somebody's mail program."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as program:
            secret = f"\0{USER}\0{PASSWORD}".encode()
            program.authenticate("PLAIN", lambda _: secret)
            yield program

    def make_folder(self, name: str) -> None:
        with self.signed_in() as program:
            assert program.create(f'"{name}"')[0] == "OK"

    def put(self, folder: str, content: bytes) -> None:
        """A mail lies unread in the folder."""
        with self.signed_in() as program:
            assert program.append(f'"{folder}"', "", "", content)[0] == "OK"

    def flags(self, folder: str) -> list[bytes]:
        """How the mails of the folder are marked."""
        with self.signed_in() as program:
            program.select(f'"{folder}"', readonly=True)
            return [line for line in program.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]


@contextmanager
def running() -> Iterator[ImapServer]:
    """A server for the length of the block."""
    place = ("--host", "127.0.0.1", "--port", "0")
    account = ("dict", "--demo-user", USER, "--demo-password", PASSWORD)
    command = [sys.executable, "-c", PROGRAM, *place, *ALONE, *account]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield ImapServer(int(server.stdout.readline()))
        finally:
            server.terminate()
