"""A load generator: clients on kept-alive connections, many to a process, timed one by one."""

from __future__ import annotations

import json
import multiprocessing
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

LENGTH = b"content-length:"
PROCESSES = 2


@dataclass
class Outcome:
    """What the clients saw: seconds of each answer, its status, and the seconds in all."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, percent: float) -> float:
        """The time within which this share was answered, in milliseconds."""
        ordered = sorted(self.times)
        if not ordered:
            return float("inf")
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@dataclass(frozen=True)
class Work:
    """What each client sends, again and again; called with the client's number and the turn."""

    address: str
    request: Callable[[int, int], bytes]


class Client:
    """One connection that sends the next request as soon as the last is answered."""

    def __init__(self, number: int, work: Work) -> None:
        parts = urlsplit(work.address)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number, self.work, self.turn = number, work, 0
        self.begun, self.heard = 0.0, b""
        self.next = self._written()

    def send(self) -> None:
        self.heard = b""
        self.begun = time.perf_counter()
        self.socket.sendall(self.next)
        # Written while the server works: a client's own time is not the server's.
        self.next = self._written()

    def receive(self) -> int | None:
        """The status once the answer is whole."""
        got = self.socket.recv(262_144)
        if not got:
            raise ConnectionError("the server hung up")
        self.heard += got
        head, found, body = self.heard.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        return int(head[9:12])

    def _written(self) -> bytes:
        message = self.work.request(self.number, self.turn)
        self.turn += 1
        return message


def run(work: Work, clients: int, seconds: float) -> Outcome:
    """Let that many clients work for that long."""
    context = multiprocessing.get_context("fork")
    parts = [range(first, clients, PROCESSES) for first in range(min(PROCESSES, clients))]
    pipes = []
    for numbers in parts:
        near, far = context.Pipe(duplex=False)
        process = context.Process(target=_drive, args=(work, numbers, seconds, far))
        process.start()
        pipes.append((near, process))
    outcome = Outcome(seconds=seconds)
    for near, process in pipes:
        times, statuses = near.recv()
        outcome.times += times
        outcome.statuses.update(statuses)
        process.join()
    return outcome


def message(
    method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> bytes:
    """A whole HTTP/1.1 request."""
    content = b"" if body is None else json.dumps(body).encode()
    given = {"Host": "127.0.0.1", "Connection": "keep-alive", **(headers or {})}
    if content:
        given |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode() + content


def _drive(
    work: Work,
    numbers: range,
    seconds: float,
    answer: Connection,
) -> None:
    times: list[float] = []
    statuses: Counter[int] = Counter()
    for took, status in _answers([Client(number, work) for number in numbers], seconds):
        times.append(took)
        statuses[status] += 1
    answer.send((times, statuses))


def _answers(clients: list[Client], seconds: float) -> Iterator[tuple[float, int]]:
    selector = selectors.DefaultSelector()
    for client in clients:
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.send()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _events in selector.select(timeout=1):
            status = key.data.receive()
            if status is not None:
                yield time.perf_counter() - key.data.begun, status
                key.data.send()


def _length(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.find(LENGTH)
    return int(lowered[start + len(LENGTH) :].split(b"\r\n", 1)[0]) if start >= 0 else 0
