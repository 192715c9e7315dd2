"""What the editing of a plan says no to, in sentences."""

from __future__ import annotations

from app.core.refusals import Refusal
from app.core.texts import _l


class CodeTaken(Refusal):
    field = "code"
    sentence = _l("The plan already has something called %(code)s. Choose another code.")


class CodeTooLong(Refusal):
    field = "code"
    sentence = _l("%(code)s is too long: a code has at most %(most)s characters.")


class FeederGone(Refusal):
    sentence = _l(
        "A zone, cabinet or tap that you chose is not on the plan any more. Choose again."
    )


class StallsHangOn(Refusal):
    sentence = _l("%(count)s stalls use it: %(stalls)s. Let them use another one first.")


class StallHasHistory(Refusal):
    sentence = _l(
        "Stall %(stall)s has been given to somebody, and that is kept. Block it instead of "
        "removing it."
    )


class PlugsTaken(Refusal):
    sentence = _l("Cabinet %(cabinet)s has %(plugs)s plugs, and %(stalls)s stalls would use them.")


class MovedMeanwhile(Refusal):
    sentence = _l("Somebody else moved it meanwhile. It is shown where it stands now.")


class TooNarrow(Refusal):
    sentence = _l(
        "Stall %(stall)s is %(metres)s m wide. Both parts must be at least half a metre wide."
    )


class PlanNotEmpty(Refusal):
    sentence = _l(
        "This festival has a plan already. A plan can only be copied into a festival without one."
    )


class NoPlanToCopy(Refusal):
    sentence = _l("That festival has no plan. Choose another one.")


class FileUnreadable(Refusal):
    status = 422
    sentence = _l(
        "This is no table that can be read. The first line must have a column “%(column)s”; take "
        "a file of a plan as a pattern."
    )


class FileTooLong(Refusal):
    status = 422
    sentence = _l("The file has more than %(most)s rows. Read it in in parts.")


class CellMissing(Refusal):
    sentence = _l("“%(column)s” is empty. Write something there.")


class CellUnknown(Refusal):
    sentence = _l("“%(text)s” cannot stand in “%(column)s”. Write one of: %(words)s.")


class CellNoNumber(Refusal):
    sentence = _l("“%(text)s” in “%(column)s” is no number that can be used there.")


class CellNoMoment(Refusal):
    sentence = _l("“%(text)s” in “%(column)s” is no time. Write it as 2027-06-05 08:30.")


class FeederUnknown(Refusal):
    sentence = _l("There is no “%(text)s” for “%(column)s”, on the plan or in the file.")


class TwiceInFile(Refusal):
    sentence = _l("“%(code)s” stands in row %(row)s too.")


class CellTooLong(Refusal):
    sentence = _l("“%(column)s” is too long: at most %(most)s characters.")
