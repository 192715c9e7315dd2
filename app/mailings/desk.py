"""The team's pages of a letter to many: its words, how it will look, sending, calling it back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from flask import Blueprint, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import ActionForm
from app.core.language_choice import names_of_languages
from app.core.languages import LANGUAGES
from app.core.markup import letter_html
from app.core.outbox import Letter, LetterState
from app.core.pages import render
from app.core.texts import _, _n
from app.events import queries as events
from app.lists.finding import RowsAtHand
from app.lists.showing import shown, ticked
from app.mailings import emails, lists, queries, refusals, services, wording
from app.mailings.forms import LeaveForm, WordsForm, words_form
from app.mailings.models import Mailing
from app.mailings.rules import filling, states
from app.mailings.rules.filling import Addressee
from app.post import undelivered
from app.returns import queries as returns

pages = Blueprint("mailings_desk", __name__, url_prefix="/desk/letters")

# Who can be written to, by what they are in their list; filled by create_app from above.
AddressBook = Callable[[Collection[int]], list[Addressee]]
# The pages on which the addresses of these people are corrected; filled by create_app from above.
Corrections = Callable[[Collection[int]], dict[int, str]]


@pages.get("/")
@open_to(StaffRole.ORGANISER)
def index() -> Response:
    """The letters to many, the newest first; one event's where the address says so."""
    slug = request.args.get("event", "")
    event = events.event_by_slug(slug) if slug else None
    listed = shown(lists.MAILINGS, lists.ROWS, choices=lists.choices())
    if listed.is_file:
        return listed.file()
    return render(listed=listed, event=event, subject=lists.subject)


@pages.get("/undelivered")
@open_to(StaffRole.ORGANISER)
def lost() -> Response:
    """The letters that did not arrive, what the mail server said, and sending them again."""
    listed = shown(lists.LOST, lists.LOST_LETTERS)
    if listed.is_file:
        return listed.file()
    return render(
        form=ActionForm(),
        notices=undelivered.notices(),
        box=returns.box_fault(),
        put_aside=returns.put_aside(),
        counts=undelivered.counts(),
        listed=listed,
        corrections=_corrections(listed.rows),
        done=queries.sent_again(),
        wording=wording,
    )


@pages.get("/each")
@open_to(StaffRole.ORGANISER)
def each() -> Response:
    """Every letter that was written, to whom, and what became of it."""
    listed = shown(lists.LETTERS, lists.EVERY_LETTER)
    if listed.is_file:
        return listed.file()
    return render(listed=listed)


@pages.post("/undelivered/again")
@open_to(StaffRole.ORGANISER)
def send_ticked_again() -> Response:
    """The lost letters that are ticked leave once more."""
    letter_ids = ticked("letter")
    if not letter_ids:
        flash(_("Tick at least one letter."), "warning")
        return redirect(url_for(".lost"), 303)
    return _sent_again(services.send_ticked_again(letter_ids))


@pages.post("/undelivered/<int:letter_id>/again")
@open_to(StaffRole.ORGANISER)
def send_again(letter_id: int) -> Response:
    """One lost letter leaves once more."""
    return _sent_again(services.send_again(letter_id))


@pages.post("/undelivered/<any(dead, bounced):state>/again")
@open_to(StaffRole.ORGANISER)
def send_all_again(state: str) -> Response:
    """All that were given up, or all that came back, leave once more."""
    return _sent_again(services.send_all_again(LetterState(state)))


@pages.post("/undelivered/try-now")
@open_to(StaffRole.ORGANISER)
def try_now() -> Response:
    """Ask the mail server again without waiting."""
    undelivered.try_now()
    flash(_("The mail server is asked again now. Open this page again in a minute."), "success")
    return redirect(url_for(".lost"), 303)


@pages.get("/<int:mailing_id>/words")
@open_to(StaffRole.ORGANISER)
def words(mailing_id: int) -> Response:
    """Subject and text, once for each language of the recipients."""
    return _words_page(_open(mailing_id), 200)


@pages.post("/<int:mailing_id>/words")
@open_to(StaffRole.ORGANISER)
def write(mailing_id: int) -> Response:
    """Keep the words and show how they will look."""
    kept = _open(mailing_id)
    form = words_form(kept, {one.language for one in _addressees(kept)})
    if not form.may_replace(lambda: services.held_words(mailing_id)):
        return _words_page(kept, form.status_code, form)
    services.write(mailing_id, form.said("subject"), form.said("text"))
    return redirect(url_for(".preview", mailing_id=mailing_id), 303)


@pages.get("/<int:mailing_id>/preview")
@open_to(StaffRole.ORGANISER)
def preview(mailing_id: int) -> Response:
    """The letter as one recipient of each language will read it."""
    return _preview_page(_written(mailing_id), LeaveForm(), 200)


@pages.post("/<int:mailing_id>/preview")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def send(mailing_id: int) -> Response:
    """Let it leave in two minutes, or at the time that was chosen."""
    kept, form = _written(mailing_id), LeaveForm()
    if not form.accepted():
        return _preview_page(kept, form, 422)
    number = services.send(mailing_id, _addressees(kept), form.moment())
    flash(
        _n("%(num)s letter is on its way.", "%(num)s letters are on their way.", number), "success"
    )
    return redirect(url_for(".show", mailing_id=mailing_id), 303)


@pages.get("/<int:mailing_id>")
@open_to(StaffRole.ORGANISER)
def show(mailing_id: int) -> Response:
    """How many were sent, refused or still wait, and each single letter."""
    kept = queries.mailing(mailing_id)
    people = {(one.subject_id, one.email): one for one in _addressees(kept)}
    singles = lists.singles(queries.letters(mailing_id), people)
    listed = shown(lists.SINGLES, RowsAtHand(singles))
    if listed.is_file:
        return listed.file()
    return render(
        kept=kept,
        counts=queries.counts(mailing_id),
        letters=singles,
        listed=listed,
        done=queries.done(mailing_id),
        languages=names_of_languages(),
        wording=wording,
        titled=filling.titled,
    )


@pages.post("/<int:mailing_id>/call-back")
@open_to(StaffRole.ORGANISER)
def call_back(mailing_id: int) -> Response:
    """Take back what has not left yet."""
    number = services.call_back(mailing_id)
    flash(
        _n("%(num)s letter is called back.", "%(num)s letters are called back.", number), "success"
    )
    return redirect(url_for(".show", mailing_id=mailing_id), 303)


@pages.post("/<int:mailing_id>/discard")
@open_to(StaffRole.ORGANISER)
def discard(mailing_id: int) -> Response:
    """Drop a letter that was never sent."""
    event = queries.mailing(mailing_id).event
    services.discard(mailing_id)
    flash(_("The letter is thrown away. Nobody has got it."), "success")
    return redirect(url_for(".index", event=event.slug), 303)


def _corrections(letters: Sequence[Letter]) -> dict[int, str]:
    """Where the address of each letter's person is corrected."""
    people = {letter.person_id for letter in letters if letter.person_id is not None}
    pages_of_people: Corrections = current_app.extensions["corrections"]
    return pages_of_people(people) if people else {}


def _sent_again(number: int) -> Response:
    if number:
        flash(
            _n("%(num)s letter is sent again.", "%(num)s letters are sent again.", number),
            "success",
        )
    else:
        flash(_("Nothing was left to send again: somebody else was quicker."), "info")
    return redirect(url_for(".lost"), 303)


def _words_page(kept: Mailing, status: int, form: WordsForm | None = None) -> Response:
    people = _addressees(kept)
    numbers = {one: sum(who.language == one for who in people) for one in LANGUAGES}
    return render(
        status,
        "mailings/desk/words.html",
        kept=kept,
        form=form or words_form(kept, {one.language for one in people}),
        numbers=numbers,
        languages=names_of_languages(),
    )


def _preview_page(kept: Mailing, form: LeaveForm, status: int) -> Response:
    people = _addressees(kept)
    letters = emails.letters_of(kept, people)
    chosen = queries.subject_ids(kept.id)
    return render(
        status,
        "mailings/desk/preview.html",
        kept=kept,
        form=form,
        letters=letters,
        shown=[(one, letter_html(one.text)) for one in filling.one_of_each(letters)],
        fallen=filling.without_text(letters),
        silent=len(set(chosen) - {one.subject_id for one in people}),
        languages=names_of_languages(),
    )


def _addressees(kept: Mailing) -> list[Addressee]:
    book: AddressBook = current_app.extensions["address_books"][kept.about]
    return book(queries.subject_ids(kept.id))


def _open(mailing_id: int) -> Mailing:
    kept = queries.mailing(mailing_id)
    if kept.state == states.MailingState.SENT:
        raise refusals.SentAlready
    return kept


def _written(mailing_id: int) -> Mailing:
    kept = _open(mailing_id)
    if not kept.texts:
        raise refusals.NothingWritten
    return kept
