"""What an organisation tells of itself, and what others may see of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.core.edit_forms import EditForm
from app.core.forms import options, texts_field
from app.core.languages import LANGUAGES
from app.core.mail_fields import MailField
from app.core.phones import PhoneField, PhoneNumber
from app.core.texts import _, _l, language
from app.organisations import rules, wording
from app.organisations.forms.checks import NAME, WORDS, ReachableEmail
from app.organisations.models import Organisation

Consents = Collection[tuple[str, str]]


class Ticks(SelectMultipleField):
    """Several choices as tick boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def _spoken() -> list[SelectChoice]:
    """The languages to tick, each found by its own name too."""
    return [
        SelectChoice(
            value=code, label=name, render_kw={"data-words": wording.OWN_NAMES.get(code, "")}
        )
        for code, name in wording.SPOKEN.items()
    ]


class ProfileForm(EditForm):
    """What an organisation tells of itself, once."""

    name = StringField(_l("Name"), validators=NAME)
    activity = texts_field(
        lambda name: _l("What do you do? In %(language)s", language=name),
        TextAreaField,
        *WORDS,
        description=_l(
            "Two or three sentences that visitors will understand. One language is enough: "
            "write the one you know best."
        ),
        render_kw={"rows": 4},
    )
    other_language = SelectField(
        _l("Which language?"),
        choices=options(
            {"": _l("Choose a language")}
            | {code: name for code, name in wording.SPOKEN.items() if code not in LANGUAGES}
        ),
        default="",
    )
    other_words = TextAreaField(
        _l("What do you do? In that language"), validators=WORDS, render_kw={"rows": 4}
    )
    district = SelectField(
        _l("Where in the city are you?"),
        choices=options({"": _l("Choose a district"), **wording.DISTRICTS}),
        validators=[DataRequired()],
    )
    languages = Ticks(_l("Which languages do you speak?"), choices=_spoken())
    target_groups = Ticks(_l("Who are you for?"), choices=options(wording.TARGET_GROUPS))
    members = IntegerField(
        _l("How many members do you have?"),
        validators=[Optional(), NumberRange(min=0, max=1_000_000)],
        render_kw={"inputmode": "numeric"},
    )
    cvr = StringField(
        _l("CVR number"),
        description=_l("Eight digits. Leave it empty if you have none: many associations do not."),
        validators=[Length(max=20)],
        render_kw={"inputmode": "numeric"},
    )
    website = StringField(
        _l("Website"), validators=[Length(max=200)], render_kw={"inputmode": "url"}
    )
    public_mail = MailField(
        _l("Mail address that visitors may see"), validators=[Length(max=254), ReachableEmail()]
    )
    public_phone = PhoneField(
        _l("Phone number that visitors may see"), validators=[Length(max=30), PhoneNumber()]
    )
    show_all = BooleanField(
        _l("Show all of it in the catalogue"),
        description=_l("Visitors then see everything that stands here, but not the CVR number."),
    )

    @staticmethod
    def as_written(record: tuple[Organisation, Consents]) -> dict[str, object]:
        organisation, consents = record
        other, words = next(iter(_in_other_languages(organisation.activity)), ("", ""))
        return {
            **organisation.facts,
            "cvr": organisation.cvr,
            "other_language": other,
            "other_words": words,
            "show_all": rules.shows_all(organisation.facts, consents),
        }

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """What they do may stand in any language, and in one at least."""
        valid: bool = super().validate(extra_validators)
        if self.activity.written or self.other_words.data:
            return valid
        first = self.activity.form[language()]
        first.errors = [*first.errors, _("Write something here, in the language you know best.")]
        return False

    def validate_other_language(self, field: Any) -> None:
        if self.other_words.data and not field.data:
            raise ValidationError(_("Choose the language in which you wrote."))

    def validate_cvr(self, field: Any) -> None:
        try:
            field.data = rules.cvr(field.data) if field.data else ""
        except ValueError as error:
            raise ValidationError(
                _("This is no CVR number. Check the eight digits, or leave it empty.")
            ) from error

    def validate_website(self, field: Any) -> None:
        try:
            field.data = rules.website(field.data or "")
        except ValueError as error:
            raise ValidationError(
                _("Write a whole web address, such as https://example.dk.")
            ) from error

    def profile(self, standing: Organisation) -> dict[str, Any]:
        """The facts as the record keeps them; texts that the form has no field for stay."""
        given = {name: value for name, value in self.data.items() if name in rules.PROFILE_FIELDS}
        unseen = dict(_in_other_languages(standing.activity)[1:])
        words = {**unseen, **self.activity.written}
        if self.other_words.data:
            words[self.other_language.data] = self.other_words.data
        return {**given, "activity": words}


class ConsentForm(EditForm):
    """One tick for each fact and each public place, and one for all of the catalogue."""

    show_all = BooleanField(_l("Show all of it in the catalogue"))
    catalogue = Ticks(_l("In the catalogue of the festival"))
    atlas = Ticks(_l("In the atlas of associations, all year"))

    @staticmethod
    def as_written(record: tuple[Organisation, Consents]) -> dict[str, object]:
        organisation, consents = record
        ticked = {
            surface: [field for field, where in consents if where == surface]
            for surface in ("catalogue", "atlas")
        }
        return {**ticked, "show_all": rules.shows_all(organisation.facts, consents)}

    def offer(self, organisation: Organisation) -> ConsentForm:
        """Only facts that are filled in can be allowed."""
        filled = options(
            (name, label)
            for name, label in wording.FIELD_NAMES.items()
            if organisation.facts.get(name)
        )
        self.catalogue.choices = self.atlas.choices = filled
        return self

    def pairs(self, facts: Mapping[str, object]) -> set[tuple[str, str]]:
        """The ticks as pairs of field and surface."""
        ticked = {
            (name, surface)
            for surface in ("catalogue", "atlas")
            for name in self[surface].data or ()
        }
        return ticked | rules.all_of_it(facts) if self.show_all.data else ticked


def _in_other_languages(activity: Mapping[str, str] | None) -> list[tuple[str, str]]:
    return sorted((code, text) for code, text in (activity or {}).items() if code not in LANGUAGES)
