"""What each thing is called among a person's own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.texts import Lazy, _, _l

# The file keeps the short names, for machines; the page says these.
WORDS: Mapping[str, Lazy] = {
    "person": _l("You"),
    "name": _l("Name"),
    "mailbox": _l("Mail address"),
    "language": _l("Language"),
    "first_met": _l("First time with us"),
    "sign_ins": _l("Signed in"),
    "organisations": _l("Associations, restaurants and groups"),
    "represents": _l("You act for"),
    "organisation": _l("Association, restaurant or group"),
    "since": _l("Since"),
    "until": _l("Until"),
    "claims": _l("You have asked to act for"),
    "applications": _l("Applications"),
    "event": _l("Event"),
    "role": _l("Applied for"),
    "state": _l("State"),
    "answers": _l("Your answers"),
    "draft": _l("Not sent in yet"),
    "messages": _l("Questions and answers"),
    "message": _l("Message"),
    "contact_name": _l("Who can be called on the day"),
    "contact_phone": _l("Phone on the day"),
    "enrolments": _l("Enrolments"),
    "seats": _l("Places"),
    "interpreter": _l("Interpreter"),
    "access": _l("Access"),
    "food": _l("Food"),
    "joined_at": _l("Enrolled"),
    "cancelled_at": _l("Cancelled on"),
    "goals": _l("Your goals"),
    "goals_may_be_shown": _l("We may show you your goals again"),
    "ticket": _l("Ticket"),
    "arrivals": _l("You came"),
    "at": _l("When"),
    "gate": _l("Entrance"),
    "walk_ins": _l("Came without a ticket"),
    "waiting": _l("Not on a list yet"),
    "advice": _l("Advice"),
    "kind": _l("Kind"),
    "asked_by": _l("Asked by"),
    "subject": _l("About"),
    "logged": _l("Received"),
    "closed": _l("Closed on"),
    "surveys": _l("Questionnaires"),
    "survey": _l("Questionnaire"),
    "disposition": _l("State"),
    "sent_at": _l("Sent"),
    "letters": _l("Letters to you"),
}


def word(key: str) -> Lazy | str:
    """What a thing is called; one without a name of its own goes by its short one."""
    return WORDS.get(key) or key.replace("_", " ").capitalize()


# What is erased of each part that knew something of the person.
GONE: Mapping[str, Lazy] = {
    "person": _l("Your name, your mail address, where you were signed in, and our letters to you."),
    "organisations": _l("That you act for an association, a restaurant or a group."),
    "applications": _l("Your name and phone as a contact, and the messages you wrote."),
    "enrolments": _l("Your places, your goals, your wishes and the answers you gave us."),
    "arrivals": _l("That it was you who came."),
    "walk_ins": _l("What was written down when you came without a ticket."),
    "advice": _l("That it was you who asked for advice."),
    "surveys": _l("Your links to questionnaires and everything you wrote in your own words."),
}


def gone(parts: Sequence[str]) -> list[str]:
    """What is erased, a sentence for each part that held something."""
    return [str(words) for part, words in GONE.items() if part in parts]


def staying() -> list[str]:
    """What stays of somebody erased, and why."""
    return [
        _("That somebody came, without a name: the year's report counts how many came."),
        _("The answers you ticked, without a name: figures already printed must still add up."),
        _(
            "What you wrote for an association, a restaurant or a group about itself: it belongs "
            "to them, and their other contacts go on with it."
        ),
        _(
            "A code made of your address and today's date, from which nobody can read the address: "
            "if we put back an older copy of our data, you are erased from it again."
        ),
    ]
