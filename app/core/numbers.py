"""Numbers, days and hours as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask_babel import get_locale

from app.core.clock import local_time
from app.core.languages import DEFAULT, LANGUAGES, PageLanguage
from app.core.texts import _

MINUS = "\u2212"
# Before a minus among Arabic words: without it the number stands first and its minus after it.
LEFT_TO_RIGHT_MARK = "\u200e"


def _locale() -> Locale:
    return get_locale() or Locale(DEFAULT)


def _language() -> PageLanguage:
    return LANGUAGES.get(_locale().language, PageLanguage(""))


def integer_text(number: int) -> str:
    """20000 → "20.000" in Danish."""
    return _with_minus(format_decimal(number, locale=_locale()))


def decimal_text(number: float, places: int = 1) -> str:
    """5.04 → "5,0" in Danish; below zero with a minus sign, which is no hyphen."""
    pattern = "#,##0." + "0" * places
    return _with_minus(format_decimal(number, format=pattern, locale=_locale()))


def _with_minus(text: str) -> str:
    mark = LEFT_TO_RIGHT_MARK if _locale().text_direction == "rtl" else ""
    return text.replace("-", mark + MINUS)


def percent_text(percent: int) -> str:
    """85 → "85 %" in Danish, with a space that does not break."""
    return f"{percent}{_language().percent}"


def day_text(day: date | datetime) -> str:
    """ "26. november 2026"."""
    local = local_time(day).date() if isinstance(day, datetime) else day
    return format_date(local, format="long", locale=_locale())


def weekday_text(day: date | datetime) -> str:
    """ "torsdag den 26. november 2026"."""
    local = local_time(day).date() if isinstance(day, datetime) else day
    return format_date(local, format="full", locale=_locale())


def clock_text(moment: datetime) -> str:
    """ "14.05" in Danish, "14:05" elsewhere: by 24 hours, as the phones at the door show it."""
    pattern = _language().hour
    return format_time(local_time(moment), format=pattern, locale=_locale())


def moment_text(moment: datetime) -> str:
    """ "26. nov. 2026 14.05"."""
    local = local_time(moment)
    return f"{format_date(local, format='medium', locale=_locale())} {clock_text(moment)}"


def whole_moment_text(moment: datetime) -> str:
    """ "lørdag den 22. august 2026 kl. 12.00": where somebody decides by it."""
    return _("%(day)s at %(time)s", day=weekday_text(moment), time=clock_text(moment))


def day_number_text(moment: datetime) -> str:
    """ "26"."""
    return format_date(local_time(moment).date(), format="d", locale=_locale())


def month_text(moment: datetime) -> str:
    """ "nov."."""
    return format_date(local_time(moment).date(), format="LLL", locale=_locale())


def weekday_name(moment: datetime) -> str:
    """ "torsdag"."""
    return format_date(local_time(moment).date(), format="cccc", locale=_locale())


FILTERS: dict[str, Callable[..., Any]] = {
    "integer": integer_text,
    "decimal": decimal_text,
    "percent": percent_text,
    "day": day_text,
    "weekday": weekday_text,
    "clock": clock_text,
    "moment": moment_text,
    "whole_moment": whole_moment_text,
    "day_number": day_number_text,
    "month": month_text,
    "weekday_name": weekday_name,
}
