"""Why several are not enrolled at once."""

from app.core.refusals import Refusal
from app.core.texts import _l


class NotRoomForAll(Refusal):
    field = "seats"
    sentence = _l(
        "There are %(free)s places free, you want to enrol %(asked)s, and there is no waiting "
        "list. Nobody was enrolled."
    )
