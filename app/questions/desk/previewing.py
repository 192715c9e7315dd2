"""The questions as those who answer see them on a phone; nothing of it is kept."""

from __future__ import annotations

from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.security import allow_framing
from app.questions import queries
from app.questions.desk.blueprint import asked_under, pages, shown_in
from app.questions.forms.asking import page_form
from app.questions.rules import drafts
from app.questions.rules.flow import all_pages
from app.questions.rules.soundness import Unsound
from app.questions.wording import Sources, worded


@pages.get("/preview")
@allow_framing
@open_to(StaffRole.ORGANISER)
def preview(key: str) -> Response:
    """All questions of the draft beneath each other, in one language."""
    asked = asked_under(key).questions
    draft = queries.draft_of(asked)
    try:
        instrument = (
            queries.instrument_written(drafts.document(draft, 1)) if draft.questions else None
        )
    except Unsound:
        return render(asked=asked, questions=None, preview_form=None)
    with force_locale(shown_in()):
        questions = []
        if instrument is not None:
            counts = {str(one.over): 1 for one in instrument.questions() if one.over}
            put = [one for page in all_pages(instrument, counts) for one in page.asked]
            questions = [worded(one, instrument, Sources(), shown_in()) for one in put]
        return render(asked=asked, questions=questions, preview_form=page_form(questions, {}))
