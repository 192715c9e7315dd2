"""Why a letter to many is not written, sent or called back."""

from __future__ import annotations

from app.core.refusals import Refusal
from app.core.texts import _l


class NothingWritten(Refusal):
    """The letter has no Danish text yet."""

    sentence = _l("Write the letter in Danish first.")


class NobodyToWriteTo(Refusal):
    """None of the chosen has an address that has not got this letter."""

    sentence = _l("None of the chosen has a mail address that this letter has not gone to already.")


class SentAlready(Refusal):
    """The letter is on its way and can no longer be changed."""

    sentence = _l("This letter is sent. Call it back first, or write a new one.")


class TooLateToCallBack(Refusal):
    """Every single letter has left."""

    sentence = _l("The letters have left already and cannot be called back.")
