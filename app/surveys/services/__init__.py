"""The verbs of surveys: set up, invite and remind, answer, refuse, forget."""

from app.surveys.services.answering import (
    AlreadyAnswered,
    WaveClosed,
    answer_all,
    begin,
    enter,
    forget,
    refuse,
    save,
)
from app.surveys.services.inviting import bounce, plan, remind, send
from app.surveys.services.setting_up import close, load, start_wave

__all__ = [
    "AlreadyAnswered",
    "WaveClosed",
    "answer_all",
    "begin",
    "bounce",
    "close",
    "enter",
    "forget",
    "load",
    "plan",
    "refuse",
    "remind",
    "save",
    "send",
    "start_wave",
]
