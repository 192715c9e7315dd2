"""Locking in the same moment from several desks makes one version, printed once."""

from __future__ import annotations

import contextvars
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.core.database import db
from app.core.languages import REPORT_LANGUAGES
from app.core.unit_of_work import unit_of_work
from app.reports import services
from app.reports.models import ReportPrint, ReportSnapshot
from app.reports.rules.forms import ReportFormat

DESKS = 4


def test_several_locks_at_once_make_one_version(app: Flask) -> None:
    gate = Barrier(DESKS)

    def lock() -> int:
        gate.wait()
        with app.app_context():
            try:
                with unit_of_work():
                    return services.lock(1999).version
            except IntegrityError:
                # The request is tried again, or answered as a conflict.
                return 0

    with ThreadPoolExecutor(DESKS) as pool:
        runs = [pool.submit(contextvars.Context().run, lock) for _desk in range(DESKS)]
        versions = {run.result() for run in runs}
    assert 1 in versions
    assert versions <= {0, 1}
    assert db.session.scalars(select(ReportSnapshot.version)).all() == [1]
    prints = db.session.scalar(select(func.count()).select_from(ReportPrint))
    assert prints == len(REPORT_LANGUAGES) * len(ReportFormat)
