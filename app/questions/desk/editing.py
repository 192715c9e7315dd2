"""The questions in their order: written, moved, taken away, published."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.languages import LANGUAGES
from app.core.pages import render
from app.core.texts import _
from app.questions import queries, refusals
from app.questions.desk.blueprint import AskedSet, asked_under, pages, shown_in, to_list
from app.questions.forms.editing import QuestionEditForm
from app.questions.rules import drafts, showing, translating
from app.questions.rules.drafts import QuestionnaireDraft
from app.questions.services import editing
from app.questions.wording import KIND_NAMES, condition_words


@pages.get("/")
@open_to(StaffRole.ORGANISER)
def index(key: str) -> Response:
    """What is written so far, in its order, and how it looks on a phone."""
    asked = asked_under(key)
    draft = queries.draft_of(asked.questions)
    answered = asked.asker.answered(key)
    ended = [
        (code, question, answered[code])
        for code, question in queries.ever_asked(key).items()
        if code not in draft.codes and answered.get(code)
    ]
    return render(
        asked=asked.questions,
        draft=draft,
        answered=answered,
        ended=ended,
        unpublished=not drafts.says_the_same(draft, queries.content_asked(asked.questions)),
        misplaced=showing.misplaced(draft),
        lacking=translating.lacking(draft, LANGUAGES),
        lacks={one["code"]: translating.lacks(one, LANGUAGES) for one in draft.questions},
        kinds=KIND_NAMES,
        waits_for=lambda one: condition_words(one.get("ask_if"), draft.before(one["code"])),
        most=drafts.MOST_QUESTIONS,
        shown_in=shown_in(),
    )


@pages.route("/new", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def new(key: str) -> Response:
    """One more question."""
    asked = asked_under(key)
    form = _form(asked, queries.draft_of(asked.questions), None)
    if not form.carried_out(lambda: editing.add(asked.questions, form.written())):
        return _form_page(asked, form, _("A new question"))
    flash(_("The question is written. It is asked when you publish."), "success")
    return to_list(key)


@pages.route("/<code>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def question(key: str, code: str) -> Response:
    """The question in other words."""
    asked, writes = asked_under(key), request.method == "POST"
    draft = (editing.draft_to_write if writes else queries.draft_of)(asked.questions)
    if draft.question(code) is None:
        return _gone(asked, draft)
    form = _form(asked, draft, code)
    standing = _form(asked, draft, code, as_it_stands=True)
    if not (form.accepted() and form.overwrites_only(standing) and _changed(asked, code, form)):
        return _form_page(asked, form, _("Change the question"))
    flash(_("The question is changed. It is asked so when you publish."), "success")
    return to_list(key)


@pages.post("/<code>/move")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def move(key: str, code: str) -> Response:
    """One place up or down, or to a place of its own."""
    asked, place = asked_under(key), request.form.get("place", type=int)
    if place is not None:
        editing.move_to(asked.questions, code, place)
    else:
        editing.move_by(asked.questions, code, -1 if request.form.get("way") == "up" else 1)
    return redirect(url_for(".index", key=key, _anchor=f"question-{code}"), 303)


@pages.post("/<code>/remove")
@open_to(StaffRole.ORGANISER)
def remove(key: str, code: str) -> Response:
    """Ask it no more."""
    asked = asked_under(key)
    editing.remove(asked.questions, code)
    if asked.asker.answered(key).get(code):
        flash(_("It is asked no more when you publish. The answers are kept."), "success")
    else:
        flash(_("The question is taken away."), "success")
    return to_list(key)


@pages.post("/<code>/again")
@open_to(StaffRole.ORGANISER)
def again(key: str, code: str) -> Response:
    """Ask it once more."""
    editing.ask_again(asked_under(key).questions, code)
    flash(_("The question is asked again when you publish."), "success")
    return to_list(key)


@pages.post("/publish")
@open_to(StaffRole.ORGANISER)
def publish(key: str) -> Response:
    """Ask from now on what is written."""
    asked = asked_under(key)
    editing.publish(asked.questions, asked.asker)
    flash(_("The questions are published and asked from now on."), "success")
    return to_list(key)


@pages.post("/discard")
@open_to(StaffRole.ORGANISER)
def discard(key: str) -> Response:
    """Back to what is asked now."""
    editing.discard(asked_under(key).questions)
    flash(_("What was not published is discarded. What is asked stands."), "success")
    return to_list(key)


def _form(
    asked: AskedSet, draft: QuestionnaireDraft, code: str | None, *, as_it_stands: bool = False
) -> QuestionEditForm:
    one_page = asked.questions.one_page
    return QuestionEditForm.of(draft, code, one_page=one_page, as_it_stands=as_it_stands)


def _changed(asked: AskedSet, code: str, form: QuestionEditForm) -> bool:
    answered, written = asked.asker.answered(asked.questions.key), form.written()
    try:
        editing.change(asked.questions, code, written, answered)
    except (refusals.AnswerKindStays, refusals.StepsStay) as refusal:
        form[refusal.field].errors = [str(refusal)]
        return False
    return True


def _form_page(asked: AskedSet, form: QuestionEditForm, title: str) -> Response:
    page = "questions/desk/question.html"
    return render(form.status_code, page, asked=asked.questions, form=form, title=title, sent_to="")


def _gone(asked: AskedSet, draft: QuestionnaireDraft) -> Response:
    """Somebody took the question away: what was written of it stands in the form of a new one."""
    form = _form(asked, draft, None)
    if not form.is_submitted():
        return to_list(asked.questions.key)
    form.form_errors = [_("Somebody took this question away meanwhile. Send it as a new one.")]
    return render(
        409,
        "questions/desk/question.html",
        asked=asked.questions,
        form=form,
        title=_("A new question"),
        sent_to=url_for(".new", key=asked.questions.key),
    )
