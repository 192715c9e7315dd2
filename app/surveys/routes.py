"""What a respondent meets at /s/<token>: a start, one page after the other, a thank-you."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core.access import PUBLIC, open_to
from app.core.forms import ActionForm
from app.core.language_choice import switching
from app.core.pages import render
from app.core.texts import language
from app.questions.forms.asking import is_one_tap, page_form, show_errors
from app.questions.rules.parsing import read_page
from app.questions.rules.readers import Unreadable
from app.surveys.queries import answer_pages, respondents
from app.surveys.queries.answer_pages import AnswerPage
from app.surveys.rules import LinkStanding
from app.surveys.services import answering

pages = Blueprint("surveys", __name__, url_prefix="/s")

TEMPLATES = {
    LinkStanding.WAITING: "surveys/start.html",
    LinkStanding.BEGUN: "surveys/start.html",
    LinkStanding.REFUSED: "surveys/refused.html",
    LinkStanding.COMPLETE: "surveys/thanks.html",
    LinkStanding.CLOSED: "surveys/closed.html",
    LinkStanding.RESTING: "surveys/rests.html",
}


@pages.get("/<token>")
@open_to(PUBLIC)
def start(token: str) -> Response:
    """What this is, who asks, and that it is confidential; nothing is noted of looking at it."""
    respondent = respondents.respondent(token)
    template = TEMPLATES[respondent.standing]
    return render(template=template, respondent=respondent, token=token, form=ActionForm())


@pages.post("/<token>")
@open_to(PUBLIC)
def begin(token: str) -> Response:
    """Begin, or go on where one left on another phone."""
    respondent = respondents.respondent(token, lock=True)
    answering.begin(respondent, language())
    return _on_to(token, answer_pages.open_key(respondent))


@pages.get("/<token>/q/<key>")
@open_to(PUBLIC)
def question(token: str, key: str) -> Response:
    """One page of questions; one that is not on the way leads back to the start."""
    answer_page = answer_pages.answer_page(respondents.respondent(token), key)
    return (
        _page(token, answer_page, answer_page.sent_before()) if answer_page else _on_to(token, None)
    )


@pages.post("/<token>/q/<key>")
@open_to(PUBLIC)
def answer(token: str, key: str) -> Response:
    """Keep this page's answers and go on."""
    respondent = respondents.respondent(token, lock=True)
    answer_page = answer_pages.answer_page(respondent, key)
    if answer_page is None:
        return _on_to(token, None)
    sent = request.form.to_dict(flat=False)
    if switching():
        return _page(token, answer_page, sent)
    read = read_page(answer_page.page.asked, sent)
    if read.errors:
        return _page(token, answer_page, sent, read.errors)
    return _on_to(token, answering.save(respondent, answer_page, read.answers))


@pages.get("/<token>/stop")
@open_to(PUBLIC)
def stop(token: str) -> Response:
    """Say no, thank you, with a button: programs that follow links must not."""
    return render(respondent=respondents.respondent(token), token=token, form=ActionForm())


@pages.post("/<token>/stop")
@open_to(PUBLIC)
def refuse(token: str) -> Response:
    """No more letters about this survey."""
    answering.refuse(respondents.respondent(token, lock=True))
    return _on_to(token, None)


def _on_to(token: str, key: str | None) -> Response:
    """To a page of questions, or to the start, which says how things stand."""
    if key is None:
        return redirect(url_for("surveys.start", token=token), 303)
    return redirect(url_for("surveys.question", token=token, key=key), 303)


def _page(
    token: str,
    answer_page: AnswerPage,
    sent: Mapping[str, Sequence[str]],
    errors: Mapping[str, Unreadable] | None = None,
) -> Response:
    questions = answer_page.worded(language())
    form = page_form(questions, sent)
    show_errors(form, errors or {})
    return render(
        template="surveys/question.html",
        status=422 if errors else 200,
        answer_page=answer_page,
        back=url_for("surveys.question", token=token, key=answer_page.back)
        if answer_page.back
        else None,
        questions=questions,
        page_form=form,
        one_tap=is_one_tap(questions),
    )
