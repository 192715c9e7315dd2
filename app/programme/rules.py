"""Kinds of engagement, when something belongs to a year, and how person-years are written."""

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.core.audit_verbs import AuditVerb
from app.core.digits import western


class EngagementKind(StrEnum):
    """What sort of plan for an area the team takes part in."""

    HELHEDSPLAN = "helhedsplan"
    OMRAADELOEFT = "omraadeloeft"


def touches_year(starts: date, ends: date | None, year: int) -> bool:
    """Whether a period, open at its end if that is not known, has a day in the year."""
    return starts.year <= year and (ends is None or ends.year >= year)


def hundredths(text: str) -> int | None:
    """Person-years as written, with comma or point, in hundredths; None if it is no such number."""
    try:
        number = Decimal(western(text).strip().replace(",", "."))
    except InvalidOperation:
        return None
    exact = number * 100
    if not number.is_finite() or exact != exact.to_integral_value() or not 0 < exact <= 10_000:
        return None
    return int(exact)


def person_years(in_hundredths: int) -> Decimal:
    """Hundredths of a person-year as the number that is printed, without idle zeros."""
    exact = Decimal(in_hundredths) / 100
    return exact.quantize(Decimal(1)) if in_hundredths % 100 == 0 else exact.normalize()


class ProgrammeVerb(AuditVerb):
    """What the audit trail says was done to the programme."""

    ADDED = "added"
    ALLOCATED = "allocated"
    ENDED = "ended"
    HANDED_OVER = "handed_over"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"
