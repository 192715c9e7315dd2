"""Why a printing is not to be had: one sentence each."""

from app.core.refusals import Refusal
from app.core.texts import _l


class NobodyToPrint(Refusal):
    sentence = _l("There is nobody to print for. Choose other people, or ask for blank badges.")


class TooManyToPrint(Refusal):
    sentence = _l("%(people)s people are too many for one file. At most %(most)s fit.")


class NotToBeRepeated(Refusal):
    sentence = _l("The file is being made or is ready already.")
