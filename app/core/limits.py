"""Rate limits that all workers share: each hit is a short transaction of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RateLimitExceeded
from limits import parse
from limits.storage import Storage
from sqlalchemy import BigInteger, Row, String, case, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import signing
from app.core.database import Model, db, writing
from app.core.numbers import clock_text
from app.core.refusals import Refusal
from app.core.secrets import purpose_key
from app.core.sent_forms import sent_form
from app.core.texts import _l


class TooManyTries(Refusal):
    """A limit is reached; waiting until then (seconds since 1970) helps."""

    status = 429
    sentence = _l("That was too many tries. You can try again at %(time)s.")

    def __init__(self, until: float) -> None:
        self.seconds = max(1, ceil(until - time.time()))
        # The minute after: who is told 14.05 and comes at 14.05 is let in.
        super().__init__(time=clock_text(datetime.fromtimestamp(until + 60, UTC)))


class LimitCount(Model):
    """How often something was tried within its window (seconds since 1970)."""

    __tablename__ = "limit_counts"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    hits: Mapped[int] = mapped_column(BigInteger)
    expires: Mapped[int] = mapped_column(BigInteger, index=True)


class DatabaseStorage(Storage):
    """Fixed windows counted in our own database, so that no second server is needed."""

    STORAGE_SCHEME = ["torvet"]  # noqa: RUF012 the library's own way of registering

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count `amount` more and return the sum within the window."""
        now = int(time.time())
        fresh = {"key": _pseudonym(key), "hits": amount, "expires": now + int(expiry)}
        with writing(), db.engine.begin() as connection:
            make = postgresql if connection.dialect.name == "postgresql" else sqlite
            over = LimitCount.expires <= now
            statement = make.insert(LimitCount).values(**fresh)
            statement = statement.on_conflict_do_update(
                index_elements=["key"],
                set_={
                    "hits": case((over, amount), else_=LimitCount.hits + amount),
                    "expires": case((over, fresh["expires"]), else_=LimitCount.expires),
                },
            ).returning(LimitCount.hits)
            return int(connection.execute(statement).scalar_one())

    def get(self, key: str) -> int:
        now = int(time.time())
        statement = select(LimitCount.hits).where(
            LimitCount.key == _pseudonym(key), LimitCount.expires > now
        )
        with db.engine.connect() as connection:
            return int(connection.execute(statement).scalar() or 0)

    def get_expiry(self, key: str) -> float:
        statement = select(LimitCount.expires).where(LimitCount.key == _pseudonym(key))
        with db.engine.connect() as connection:
            return float(connection.execute(statement).scalar() or time.time())

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with writing(), db.engine.begin() as connection:
            return connection.execute(delete(LimitCount)).rowcount

    def clear(self, key: str) -> None:
        with writing(), db.engine.begin() as connection:
            connection.execute(delete(LimitCount).where(LimitCount.key == _pseudonym(key)))


def client_network() -> str:
    """Where the request comes from: an IPv4 address, or the /64 that one IPv6 customer owns."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


class HouseLimiter(Limiter):
    """Looks nothing up for pages without a limit, which most are."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        view = current_app.view_functions.get(str(request.endpoint))
        if getattr(view, "limited", False):
            super()._check_request_limit(callable_name, in_middleware)


limiter = HouseLimiter(key_func=client_network, storage_uri="torvet://", headers_enabled=False)


def limit(
    amount: str, by: Callable[[], str] | None = None, shared: str = ""
) -> Callable[[Any], Any]:
    """Limit a page, for example "20 per minute"; per client network unless `by` says otherwise.

    Pages that name the same `shared` counter are counted together.
    """
    key_func = by or client_network

    def mark(view: Any) -> Any:
        one = limiter.shared_limit(amount, shared, key_func=key_func) if shared else None
        limited = (one or limiter.limit(amount, key_func=key_func))(view)
        limited.limited = True
        return limited

    return mark


def count_try(name: str, subject: str, amount: str, tries: int = 1) -> None:
    """Count tries before anything is compared; raises TooManyTries beyond the amount.

    Called before the request's first statement, so that the count survives a refusal.
    """
    if not within(name, subject, amount, tries):
        raise TooManyTries(ends(name, subject, amount))


def count_apart(statement: Any) -> Row[Any]:
    """Run a statement that counts in a table of its own, and the row it returns.

    Like a try it comes before the request's first statement and survives a refusal or a GET.
    """
    with writing(), db.engine.begin() as connection:
        return connection.execute(statement).one()


def ends(name: str, subject: str, amount: str) -> float:
    """When the window of these tries ends, in seconds since 1970."""
    return limiter.limiter.storage.get_expiry(parse(amount).key_for(name, subject))


def within(name: str, subject: str, amount: str, tries: int = 1) -> bool:
    """Count tries as `count_try` does; whether they are within the amount.

    A form that is sent several times in one moment is one try.
    """
    item, form = parse(amount), sent_form()
    if form and not limiter.limiter.hit(parse("1 per 10 minute"), "form", form, name, subject):
        return limiter.limiter.storage.get(item.key_for(name, subject)) <= item.amount
    return limiter.limiter.hit(item, name, subject, cost=tries)


def share_limits(app: Flask) -> None:
    """Let every worker count in the same place."""
    app.config.setdefault("RATELIMIT_ENABLED", True)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, _refuse)


def sweep_limits(now: object) -> int:
    """A round: forget windows that have ended."""
    ended = LimitCount.expires <= int(time.time())
    with db.engine.connect() as connection:
        if not connection.execute(select(func.count()).where(ended)).scalar():
            return 0
    with writing(), db.engine.begin() as connection:
        return connection.execute(delete(LimitCount).where(ended)).rowcount


def _refuse(_exceeded: RateLimitExceeded) -> ResponseReturnValue:
    reached = limiter.current_limit
    refusal = TooManyTries(reached.reset_at if reached else time.time())
    return current_app.handle_user_exception(refusal)


def _pseudonym(key: str) -> str:
    # Addresses of people and networks are not kept in the clear, not even for an hour.
    return signing.keyed_hash(purpose_key("limits"), key)
