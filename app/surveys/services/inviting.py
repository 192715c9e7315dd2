"""Planning invitations, sending and reminding; each checks anew whether it still should."""

from app.core import clock
from app.core.database import db, insert_once
from app.core.outbox import Letter
from app.core.tokens import random_id, token_hash
from app.events.rules import EventState
from app.surveys import emails, rules
from app.surveys.models import Invitation, Survey, Wave
from app.surveys.queries import audiences, respondents
from app.surveys.queries.audiences import Invitee
from app.surveys.queries.respondents import LetterFacts
from app.surveys.rules import SILENT, Disposition


def plan(wave: Wave) -> int:
    """Plan an invitation for everyone of the audience who has none; how many were planned."""
    survey = db.session.get_one(Survey, wave.survey_id)
    planned = [_plan(wave, survey, invitee) for invitee in audiences.candidates(survey, wave)]
    wave.planned_at = clock.now()
    return sum(planned)


def _plan(wave: Wave, survey: Survey, invitee: Invitee) -> bool:
    invitation_id = random_id()
    return insert_once(
        Invitation,
        id=invitation_id,
        wave_id=wave.id,
        person_id=invitee.person_id,
        event_id=invitee.event_id,
        task_id=invitee.task_id,
        language=invitee.language,
        token_hash=token_hash(respondents.token_of(invitation_id)),
        disposition=Disposition.PLANNED,
        due_at=rules.due_at(invitee.own_date, survey.delay_days),
        reminders=0,
    )


def send(invitation_id: int) -> bool:
    """Send a planned invitation; False if there is no longer anyone to send it to."""
    facts = respondents.letter_facts(invitation_id)
    if facts is None or not _asks(facts):
        return False
    if facts.invitation.disposition != Disposition.PLANNED:
        return False
    _note(facts, emails.invitation(facts))
    facts.invitation.disposition = Disposition.SENT
    facts.invitation.sent_at = clock.now()
    return True


def remind(invitation_id: int) -> bool:
    """Remind one who is still silent; False if answered, refused, bounced or not yet due."""
    facts = respondents.letter_facts(invitation_id)
    if facts is None or not _asks(facts) or not _wants_reminder(facts.invitation):
        return False
    _note(facts, emails.reminder(facts))
    facts.invitation.reminders += 1
    facts.invitation.reminded_at = clock.now()
    return True


def bounce(invitation_id: int) -> bool:
    """The mail came back: no more letters. Whoever has answered by then stays answered."""
    invitation = db.session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.disposition not in SILENT:
        return False
    invitation.disposition = Disposition.BOUNCED
    return True


def reach(invitation_id: int) -> bool:
    """A letter that once came back has arrived: the person is asked like everyone else."""
    invitation = db.session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.disposition != Disposition.BOUNCED:
        return False
    begun = respondents.answer_set_of(invitation_id) is not None
    invitation.disposition = Disposition.OPENED if begun else Disposition.SENT
    return True


def _wants_reminder(invitation: Invitation) -> bool:
    if invitation.disposition not in SILENT or invitation.sent_at is None:
        return False
    due = rules.reminder_due(invitation.sent_at, invitation.reminded_at, invitation.reminders)
    return due is not None and due <= clock.now()


def _asks(facts: LetterFacts) -> bool:
    wave, event = facts.wave, facts.event
    held = event is None or event.state is EventState.HELD
    return held and wave.closed_at is None and not rules.is_over(wave.closes_on, clock.now())


def _note(facts: LetterFacts, letter: Letter) -> None:
    db.session.flush()
    facts.invitation.letter_id = letter.id
