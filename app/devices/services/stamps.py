"""The server's time with a proof that it is ours: it bounds when a scan can have happened."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.secrets import purpose_key
from app.core.signing import keyed_hash, same
from app.devices.rules.moments import NoScan, moment_at, moment_of

PURPOSE = "door stamps"


def stamp(now: datetime) -> str:
    """RFC 3339 with milliseconds, a dot, an HMAC."""
    time = rfc3339(now)
    return f"{time}.{_proof(time)}"


def stamped(text: str) -> int | None:
    """Milliseconds since 1970 of a stamp of ours; None for anything else."""
    time, _, proof = text.rpartition(".")
    if not time.isascii() or not proof.isascii() or not same(proof, _proof(time)):
        return None
    try:
        return moment_of(time)
    except NoScan:
        return None


def bounded(reported: object, received: datetime) -> dict[str, object]:
    """What a phone told of its clock; where no later contact bounds it, its arrival here does."""
    clock: dict[str, object] = dict(reported) if isinstance(reported, dict) else {}
    after = clock.get("after")
    if not (isinstance(after, str) and stamped(after) is not None):
        clock["after"] = stamp(received)
    return clock


def rfc3339(moment: datetime) -> str:
    """A moment in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def rfc3339_of(time: int) -> str:
    """Milliseconds since 1970 as text."""
    return rfc3339(moment_at(time))


def _proof(time: str) -> str:
    return keyed_hash(purpose_key(PURPOSE), time)
