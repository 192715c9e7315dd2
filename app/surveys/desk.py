"""The team's pages for surveys: which there are, how they look on a phone, how waves stand."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import ActionForm
from app.core.languages import DEFAULT, LANGUAGES
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.security import allow_framing
from app.core.texts import _, _n
from app.lists.finding import RowsAtHand
from app.lists.showing import shown, ticked
from app.mailings import services as letters_services
from app.questions import queries as questionnaires
from app.questions.forms.asking import is_one_tap, page_form
from app.questions.rules.flow import page_after
from app.questions.rules.soundness import missing_translations
from app.surveys import lists
from app.surveys.forms import WaveForm
from app.surveys.queries import answer_pages, invited, resting, waves
from app.surveys.queries.waves import WaveCounts
from app.surveys.services import setting_up
from app.surveys.wording import AUDIENCE_NAMES, DISPOSITION_NAMES

pages = Blueprint("surveys_desk", __name__, url_prefix="/desk/surveys")


@pages.get("/")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def surveys() -> Response:
    """All surveys and their waves."""
    surveys = waves.surveys()
    titles = {survey.key: instrument.title for survey, instrument in surveys}
    listed = shown(lists.waves(titles), RowsAtHand(waves.waves(), _number))
    if listed.is_file:
        return listed.file()
    return render(
        surveys=surveys, listed=listed, audience_names=AUDIENCE_NAMES, closing=ActionForm()
    )


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
    listed = shown(lists.waves({key: instrument.title}), RowsAtHand(waves.waves(key), _number))
    if listed.is_file:
        return listed.file()
    return render(
        status=422 if form.errors else 200,
        survey=survey,
        form=form,
        instrument=instrument,
        missing=missing_translations(instrument),
        listed=listed,
        closing=ActionForm(formdata=None),
        audience_names=AUDIENCE_NAMES,
        shown_in=_shown_in(),
    )


@pages.get("/waves/<int:wave_id>")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def wave(wave_id: int) -> Response:
    """How far the invitations of one wave came."""
    return render(
        standing=waves.wave_counts(wave_id),
        resting=resting.number_resting(wave_id),
        names=DISPOSITION_NAMES,
        form=ActionForm(),
    )


@pages.get("/waves/<int:wave_id>/invitations")
@open_to(StaffRole.ORGANISER)
def invitations(wave_id: int) -> Response:
    """Who was asked, and how far it came."""
    listed = shown(lists.invitations(wave_id), lists.invitation_rows(wave_id))
    if listed.is_file:
        return listed.file()
    return render(wave=waves.wave(wave_id), listed=listed, form=ActionForm())


@pages.post("/waves/<int:wave_id>/invitations/again")
@open_to(StaffRole.ORGANISER)
def send_again(wave_id: int) -> Response:
    """Those of the ticked whose mail came back get it once more."""
    letters = invited.letters_that_came_back(waves.wave(wave_id).id, ticked("invitation"))
    number = letters_services.send_ticked_again(letters)
    flash(
        _n("%(num)s letter is sent again.", "%(num)s letters are sent again.", number)
        if number
        else _("None of the ticked ones had a letter that came back."),
        "success" if number else "info",
    )
    return redirect(url_for(".invitations", wave_id=wave_id), 303)


@pages.post("/waves/close")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def close_ticked() -> Response:
    """The ticked waves take no more answers."""
    number = sum(setting_up.close(waves.wave(wave_id)) for wave_id in ticked("wave"))
    if number:
        flash(_n("%(num)s wave is closed.", "%(num)s waves are closed.", number), "success")
    else:
        flash(_("Tick at least one open wave."), "info")
    return redirect(url_for(".surveys"), 303)


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


def _number(counts: WaveCounts) -> int:
    return counts.wave.id


def _preview(key: str, page_key: str | None) -> str | None:
    if page_key is None:
        return None
    return url_for("surveys_desk.preview", key=key, page=page_key, shown_in=_shown_in())


def _shown_in() -> str:
    """The language of the preview, apart from that of the desk."""
    language = request.args.get("shown_in", "")
    return language if language in LANGUAGES else DEFAULT
