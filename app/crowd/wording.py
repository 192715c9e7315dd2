"""How a head count was made, in words that can be printed beside it."""

from app.core.numbers import integer_text
from app.core.texts import _, _n
from app.crowd.rules.estimates import MISCOUNTED


def method(counters: int, entered: int, left: int) -> str:
    """Who counted, what was counted, and what the lowest and the highest rest on."""
    return " ".join(
        [
            _n(
                "Counted by hand at %(num)s counter at the gates:",
                "Counted by hand at %(num)s counters at the gates:",
                counters,
            ),
            _(
                "%(entered)s came in and %(left)s went out.",
                entered=integer_text(entered),
                left=integer_text(left),
            ),
            _(
                "Lowest and highest: %(share)s of 100 passages are taken to be miscounted, each by "
                "itself; 95 times of 100 the truth lies between. Who leaves and comes back is "
                "counted again.",
                share=int(MISCOUNTED * 100),
            ),
        ]
    )
