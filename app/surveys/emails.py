"""The letters of a survey: the invitation and its reminders, alike in what they say."""

from app.core import outbox
from app.core.addresses import link_to
from app.core.outbox import Letter
from app.questions.wording import say
from app.surveys.queries.respondents import LetterFacts, token_of


def invitation(facts: LetterFacts) -> Letter:
    """The first letter."""
    return _post("surveys/invitation", facts)


def reminder(facts: LetterFacts) -> Letter:
    """For those who are still silent; the link is the same unless the address was corrected."""
    return _post("surveys/reminder", facts)


def _post(kind: str, facts: LetterFacts) -> Letter:
    language, instrument = facts.invitation.language, facts.instrument
    token = token_of(facts.invitation.id, facts.person.link_number)
    return outbox.post(
        kind,
        to=str(facts.person.email),
        language=language,
        person_id=facts.person.id,
        name=facts.person.name,
        title=say(instrument.title, language),
        intro=say(instrument.intro, language),
        event=facts.event,
        closes_on=facts.wave.closes_on,
        link=link_to("surveys.start", token=token, language=language),
        stop_link=link_to("surveys.stop", token=token, language=language),
    )
