"""What the stages say no to, in sentences."""

from __future__ import annotations

from app.core.refusals import Refusal
from app.core.texts import _l


class ActUnknown(Refusal):
    status = 422
    field = "act"
    sentence = _l("There is no such act at this event. Choose one from the list.")


class ActWithoutPlace(Refusal):
    field = "act"
    sentence = _l("%(act)s has no place at the event any more, and so gets no time on a stage.")


class StageUnknown(Refusal):
    status = 422
    field = "stage"
    sentence = _l("There is no such stage at this event. Choose one from the list.")


class StageInUse(Refusal):
    sentence = _l(
        "%(act)s plays on %(stage)s at %(time)s. Move or take back its time first, then the "
        "stage can be dropped."
    )


class SlotOutOfHours(Refusal):
    field = "closes"
    sentence = _l(
        "%(act)s plays at %(time)s, outside these hours. Move it first, or choose other hours."
    )


class SlotsTooClose(Refusal):
    field = "change_over"
    sentence = _l(
        "%(act)s and %(other)s follow each other within less than %(minutes)s minutes. Move one "
        "of them first, or choose a shorter change-over."
    )


class SlotLength(Refusal):
    status = 422
    field = "minutes"
    sentence = _l("An act lasts from 5 minutes to 6 hours.")


class StageClosed(Refusal):
    field = "starts"
    sentence = _l("%(stage)s is open from %(opens)s to %(closes)s. Choose a time within that.")


class StageTaken(Refusal):
    field = "starts"
    sentence = _l("%(act)s plays on %(stage)s from %(from)s to %(until)s.")


class StageTakenButFree(Refusal):
    field = "starts"
    sentence = _l(
        "%(act)s plays on %(stage)s from %(from)s to %(until)s. The stage is free from %(free)s."
    )


class ChangeOverNeeded(Refusal):
    field = "starts"
    sentence = _l(
        "%(act)s plays on %(stage)s from %(from)s to %(until)s, and changing over takes "
        "%(minutes)s minutes."
    )


class ActElsewhere(Refusal):
    field = "starts"
    sentence = _l("The act plays on %(stage)s from %(from)s to %(until)s already.")


class SomebodyWasQuicker(Refusal):
    sentence = _l("Somebody else gave this time in the same moment. Look at the board once more.")


class EventIsOff(Refusal):
    sentence = _l("The event is called off, so nobody gets a time on its stages.")


class NothingToAnnounce(Refusal):
    sentence = _l("No act has a time yet. Give at least one, then announce the programme.")


class EventNotPublic(Refusal):
    sentence = _l("The event is a draft. Publish it first, then announce the programme.")


class LettersHaveLeft(Refusal):
    sentence = _l("The letters have left. Move the act again instead; those concerned are told.")
