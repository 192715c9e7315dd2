"""The team's pages for surveys: which there are, how they look on a phone, how waves stand."""

from flask import Blueprint, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import ActionForm
from app.core.languages import DEFAULT, LANGUAGES
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.security import allow_framing
from app.questions import queries as questionnaires
from app.questions.forms.asking import is_one_tap, page_form
from app.questions.rules.flow import page_after
from app.questions.rules.soundness import missing_translations
from app.surveys.forms import WaveForm
from app.surveys.queries import answer_pages, waves
from app.surveys.services import setting_up
from app.surveys.wording import AUDIENCE_NAMES, DISPOSITION_NAMES

pages = Blueprint("surveys_desk", __name__, url_prefix="/desk/surveys")


@pages.get("/")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def surveys() -> Response:
    """All surveys and their waves."""
    return render(surveys=waves.surveys(), waves=waves.waves(), audience_names=AUDIENCE_NAMES)


@pages.route("/<key>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def survey(key: str) -> Response:
    """One survey: its waves, a new one, and the questionnaire on a phone."""
    survey, form = waves.survey(key), WaveForm()
    if form.accepted():
        wave = setting_up.start_wave(survey, *form.answers)
        return redirect(url_for(".wave", wave_id=wave.id), 303)
    instrument = questionnaires.instrument_of(questionnaires.version(key))
    return render(
        status=422 if form.errors else 200,
        survey=survey,
        form=form,
        instrument=instrument,
        missing=missing_translations(instrument),
        waves=waves.waves(key),
        audience_names=AUDIENCE_NAMES,
        shown_in=_shown_in(),
    )


@pages.get("/waves/<int:wave_id>")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def wave(wave_id: int) -> Response:
    """How far the invitations of one wave came."""
    return render(standing=waves.wave_counts(wave_id), names=DISPOSITION_NAMES, form=ActionForm())


@pages.post("/waves/<int:wave_id>/close")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def close(wave_id: int) -> Response:
    """Take no more answers."""
    setting_up.close(waves.wave(wave_id))
    return redirect(url_for(".wave", wave_id=wave_id), 303)


@pages.get("/<key>/preview")
@allow_framing
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def preview(key: str) -> Response:
    """One page as respondents see it, for the frame on the survey's page; nothing is kept."""
    instrument = questionnaires.instrument_of(questionnaires.version(key))
    answer_page = answer_pages.sample_page(instrument, request.args.get("page"))
    if answer_page is None:
        raise NotFound
    after = page_after(answer_page.way, answer_page.page.key)
    with force_locale(_shown_in()):
        questions = answer_page.worded(_shown_in())
        return render(
            answer_page=answer_page,
            questions=questions,
            preview_form=page_form(questions, {}),
            one_tap=is_one_tap(questions),
            back=_preview(key, answer_page.back),
            onward=_preview(key, after.key if after else None),
        )


def _preview(key: str, page_key: str | None) -> str | None:
    if page_key is None:
        return None
    return url_for("surveys_desk.preview", key=key, page=page_key, shown_in=_shown_in())


def _shown_in() -> str:
    """The language of the preview, apart from that of the desk."""
    language = request.args.get("shown_in", "")
    return language if language in LANGUAGES else DEFAULT
