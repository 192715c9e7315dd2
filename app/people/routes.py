"""Signing in by a mailed link or its six digits, and signing out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.core import kept_forms, sent_forms
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.addresses import own_path
from app.core.folding import fold_email
from app.core.forms import ActionForm
from app.core.limits import count_try, limit, within
from app.core.pages import render
from app.core.texts import language
from app.people import queries, rules, services
from app.people.forms.signing_in import CodeForm, EmailForm

pages = Blueprint("people", __name__)

# A class of thirty sits behind one address; each of them is counted by their own mailbox too.
SIGN_IN_MAILS = "200 per hour"


@pages.get("/sign-in")
@open_to(PUBLIC)
def sign_in() -> Response:
    """Ask for the address; whoever is signed in has said it."""
    if identity().email:
        return redirect(own_path(request.args.get("next")) or url_for("home.my"), 303)
    return render(form=EmailForm(data={"next": request.args.get("next", "")}))


@pages.get("/links")
@open_to(PUBLIC)
def send_links() -> Response:
    """For whoever lost a mail: the same link leads to every ticket and application."""
    if identity().email:
        return redirect(url_for("home.my"), 303)
    return render(form=EmailForm(data={"next": "/my"}))


@pages.post("/links")
@open_to(PUBLIC)
@limit(SIGN_IN_MAILS, shared="sign-in mails")
@sent_forms.once_in(rules.LINK_LASTS)
def mail_links() -> Response:
    """Mail the link to one's own page."""
    return _mailed("people/send_links.html")


@pages.post("/sign-in")
@open_to(PUBLIC)
@limit(SIGN_IN_MAILS, shared="sign-in mails")
@sent_forms.once_in(rules.LINK_LASTS)
def send_link() -> Response:
    """Mail the link and ask for the code."""
    return _mailed("people/sign_in.html")


@pages.get("/sign-in/code")
@open_to(PUBLIC)
def code() -> Response:
    """Say that a mail is on its way, and take its digits."""
    return render(form=CodeForm(data={"email": session.get("asked", "")}))


@pages.post("/sign-in/code")
@open_to(PUBLIC)
@limit("30 per hour")
@sent_forms.once
def use_code() -> Response:
    """Sign in by the digits; each guess is counted before it is compared."""
    form = CodeForm()
    if not form.accepted():
        return _code_page(form)
    email = fold_email(form.email.data or "")
    count_try("sign-in-code", email, "10 per hour")
    return _begin(*services.use_code(email, form.digits.data or "", _browser()))


@pages.get("/sign-in/<token>")
@open_to(PUBLIC)
def link(token: str) -> Response:
    """A button: opening the page does not use the link up, for mail scanners open links."""
    return render(form=ActionForm(), usable=queries.open_link(token) is not None)


@pages.post("/sign-in/<token>")
@open_to(PUBLIC)
@limit("60 per hour")
@sent_forms.once
def use_link(token: str) -> Response:
    """Sign in."""
    return _begin(*services.use_link(token, _browser()))


@pages.post("/sign-out")
@open_to(SIGNED_IN)
def sign_out() -> Response:
    """End this browser's session."""
    caller = identity()
    services.sign_out(caller.sign_in_id or 0, caller.email or "")
    # Whoever uses the browser next finds nothing of this visit but the language.
    kept_forms.forget_all(_cleared())
    return redirect("/", 303)


def _mailed(asking: str) -> Response:
    """Mail the link, alike for every address; faults are shown on the page that asked."""
    form = EmailForm()
    if not form.accepted():
        return render(status=422, template=asking, form=form)
    email = fold_email(form.email.data or "")
    count_try("sign-in-mail", email, "5 per hour")
    next_path = own_path(form.next.data)
    # Of several that ask for the same in one moment, from whatever page, one letter leaves.
    if within("sign-in-letter", f"{email} {next_path}", "1 per 10 second"):
        services.send_link(email, language(), next_path)
    session["asked"] = email
    return redirect(url_for("people.code"), 303)


def _begin(token: str, next_path: str | None) -> Response:
    # A new cookie at sign-in: nothing a stranger planted before survives but the language, and
    # what was written in a form and waits for being sent.
    before = _cleared()
    session["sid"] = token
    if queries.may_be_same(before.get("sid"), token):
        kept_forms.carry_over(before)
    else:
        kept_forms.forget_all(before)
    home = "home_desk.today" if queries.works_here(token) else "home.my"
    return redirect(next_path or url_for(home), 303)


def _cleared() -> dict[str, Any]:
    """End the visit; what was noted in it."""
    before = dict(session)
    session.clear()
    if "language" in before:
        session["language"] = before["language"]
    return before


def _browser() -> str:
    return request.user_agent.string[:80]


def _code_page(form: CodeForm) -> Response:
    return render(status=422, template="people/code.html", form=form)
