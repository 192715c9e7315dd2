"""What a locked report says otherwise today, figure by figure and line by line."""

from __future__ import annotations

from app.reports.rules.comparing import (
    Comparison,
    Difference,
    FigureChange,
    LineChange,
    compared,
    compared_figures,
)
from app.reports.rules.paper import Line, Section, Shown, Span, YearlyReport, paragraph


def figure(ident: str, value: float | None, *, hidden: bool = False) -> Shown:
    """A figure as it is printed; few people where it is hidden."""
    return Shown(ident, "for få" if hidden else f"{value}", value, "rule", hidden=hidden)


def report(*lines: Line) -> YearlyReport:
    """A report of one section with these lines."""
    blocks = tuple(paragraph(line) for line in lines)
    return YearlyReport(2026, "Årsrapport", (Section("done", "Hvad vi gjorde", blocks),))


def line(before: str, shown: Shown) -> Line:
    """A sentence that ends in a figure."""
    return (Span(before), Span(shown.text, shown))


def test_a_figure_that_one_of_the_two_has_is_told_with_its_line() -> None:
    then = report(line("Møder: ", figure("meetings", 12.0)))
    now = report(line("Børn: ", figure("children", 40.0)))
    assert compared(then, now) == Comparison(
        (
            FigureChange("meetings", Difference.OTHERWISE, "12.0", None),
            FigureChange("children", Difference.OTHERWISE, None, "40.0"),
        ),
        (LineChange("Hvad vi gjorde", "Møder: 12.0", "Børn: 40.0"),),
    )


def test_a_figure_that_one_of_the_two_has_hidden_stays_hidden() -> None:
    few = line("Børn: ", figure("children", None, hidden=True))
    hidden = Comparison(
        (FigureChange("children", Difference.HIDDEN),), (LineChange("Hvad vi gjorde", None, None),)
    )
    assert compared(report(few), report()) == hidden
    assert compared(report(), report(few)) == hidden


def test_where_the_figures_alone_were_kept_each_is_held_against_today() -> None:
    kept = {
        "equal": {"text": "1", "value": 1.0},
        "other": {"text": "2", "value": 2.0},
        "gone": {"text": "3", "value": 3.0},
        "few_today": {"text": "4", "value": 4.0},
        "few_then": {"text": "for få", "value": None},
        "few_and_gone": {"text": "for få", "value": None},
    }
    now = report(
        line("", figure("equal", 1.0)),
        line("", figure("other", 5.0)),
        line("", figure("few_today", None, hidden=True)),
        line("", figure("few_then", 6.0)),
    )
    assert compared_figures(kept, now).figures == (
        FigureChange("other", Difference.OTHERWISE, "2", "5.0"),
        FigureChange("gone", Difference.OTHERWISE, "3", None),
        FigureChange("few_today", Difference.HIDDEN),
        FigureChange("few_then", Difference.HIDDEN),
        FigureChange("few_and_gone", Difference.OTHERWISE, "for få", None),
    )
