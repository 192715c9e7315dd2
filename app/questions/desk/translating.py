"""Each text beside its Danish one, in one language at a time."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core.access import StaffRole, open_to
from app.core.language_choice import name_of
from app.core.languages import DEFAULT, LANGUAGES
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.texts import _
from app.questions import queries
from app.questions.desk.blueprint import asked_under, pages
from app.questions.forms.editing import AroundForm, translation_form
from app.questions.rules import translating
from app.questions.services import editing


@pages.route("/words", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def words(key: str) -> Response:
    """The title, how it begins and how it thanks; a set that is part of another page has none."""
    asked = asked_under(key).questions
    if asked.one_page:
        raise NotFound
    form = AroundForm.over(queries.draft_of(asked))
    if form.may_replace(lambda: editing.draft_to_write(asked)):
        editing.reword(asked, form.written())
        flash(_("The words are saved. They are shown when you publish."), "success")
        return redirect(url_for(".index", key=key), 303)
    return render(form.status_code, asked=asked, form=form)


@pages.route("/in/<language>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def translate(key: str, language: str) -> Response:
    """All texts of one language, those that are missing marked."""
    if language not in LANGUAGES or language == DEFAULT:
        raise NotFound
    asked, writes = asked_under(key).questions, request.method == "POST"
    draft = (editing.draft_to_write if writes else queries.draft_of)(asked)
    parts = translating.texts_of(draft)
    form = translation_form(parts, language, name_of(language))
    standing = translation_form(parts, language, name_of(language), as_it_stands=True)
    if form.accepted() and form.overwrites_only(standing):
        editing.translate(asked, language, form.texts())
        flash(_("The translations are saved. They are shown when you publish."), "success")
        return redirect(url_for(".index", key=key), 303)
    return render(
        form.status_code,
        "questions/desk/translate.html",
        asked=asked,
        form=form,
        parts=parts,
        spoken=language,
        missing=[part for part in parts if language not in part.texts],
        others=[code for code in LANGUAGES if code != DEFAULT],
    )
