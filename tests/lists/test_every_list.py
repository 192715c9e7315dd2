"""Every page of the desk with rows in a table is one list of `app/lists`, or says why not."""

from __future__ import annotations

import re

from tests.house.sources import ROOT

TABLE = re.compile(r"<table\b|\b(?:wide_)?table\(")
FEW = "a few rows, all of which are read or answered at once"
OF_ONE = "belongs to the one thing that its page is about"
FIGURES = "figures, not rows that somebody looks for"
LIVE = "follows the door while it is open and counts anew by itself"
OWN_PAGES = "pages of fifty of its own: rows to be looked at, which then go away"

NO_LIST = {
    "door/desk/conflicts.html": OWN_PAGES,
    "door/desk/crowd.html": LIVE,
    "door/desk/crowd_parts.html": LIVE,
    "door/desk/index.html": FEW,
    "door/desk/live.html": LIVE,
    "door/desk/machines.html": OWN_PAGES,
    "door/desk/missing.html": OWN_PAGES,
    "door/desk/overrides.html": OWN_PAGES,
    "door/desk/paper.html": OF_ONE,
    "door/desk/phones.html": FEW,
    "door/desk/quarantine.html": OWN_PAGES,
    "door/desk/ready.html": LIVE,
    "door/desk/terms.html": OF_ONE,
    "door/desk/from_paper.html": OF_ONE,
    "door/desk/searches.html": FEW,
    "door/desk/unsent.html": FEW,
    "events/desk/show.html": OF_ONE,
    "events/desk/sittings.html": OF_ONE,
    "events/desk/topics.html": FEW,
    "home/desk/today.html": FEW,
    "merging/desk/find_organisation.html": FEW,
    "merging/desk/find_person.html": FEW,
    "merging/desk/side_by_side.html": OF_ONE,
    "outcomes/desk/figures.html": FIGURES,
    "outcomes/desk/parts.html": FIGURES,
    "privacy/desk/record.html": "the record of processing, printed whole",
    "programme/desk/areas.html": OF_ONE,
    "reports/desk/version.html": OF_ONE,
    "reports/desk/versions.html": OF_ONE,
    "stage/desk/slot.html": OF_ONE,
    "surveys/desk/surveys.html": FEW,
    "surveys/desk/wave.html": OF_ONE,
    "vendors/desk/electrician.html": OF_ONE,
    "vendors/desk/plan.html": OF_ONE,
    "printing/desk/printings.html": OF_ONE,
    "workshops/desk/index.html": "some dozens a year; sought and sorted in the list of events",
    "workshops/desk/waiting.html": "the line in its one order, which nobody may sort",
}


def test_every_page_with_rows_is_a_list_or_says_why_not() -> None:
    folder = ROOT / "templates"
    beside = {
        str(file.relative_to(folder))
        for file in folder.glob("*/desk/*.html")
        if "list_table(" not in (text := file.read_text()) and TABLE.search(text)
    }
    assert beside == set(NO_LIST)
