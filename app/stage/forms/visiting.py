"""How a visitor narrows and orders the programme."""

from __future__ import annotations

from typing import Self

from wtforms import SelectField

from app.core.forms import Form, options
from app.core.texts import _l
from app.organisations.wording import SPOKEN
from app.stage.queries.programme import Programme
from app.stage.wording import GENRES


class NarrowForm(Form):
    """It only leads to another address."""

    class Meta(Form.Meta):
        csrf = False

    by = SelectField(_l("Order"), choices=options({"stage": _l("By stage"), "time": _l("By time")}))
    genre = SelectField(_l("What is it?"))
    spoken = SelectField(_l("The group speaks"))

    def among(self, programme: Programme) -> Self:
        """With what there is in this programme, and without a choice that is none."""
        genres = {genre: GENRES[genre] for genre in programme.genres}
        spoken = {code: SPOKEN[code] for code in programme.languages}
        self.genre.choices = options({"": _l("Everything"), **genres})
        self.spoken.choices = options({"": _l("Any language"), **spoken})
        for name, found in (("genre", genres), ("spoken", spoken)):
            if len(found) < 2 and not self[name].data:
                del self[name]
        return self
