"""What staff fill in to ask a question, and to translate what they ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wtforms import BooleanField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.edit_forms import EditForm
from app.core.forms import options, texts_field
from app.core.language_choice import direction
from app.core.languages import DEFAULT
from app.core.texts import Lazy, _, _l
from app.questions.forms.asking import TickField
from app.questions.rules.drafts import NEAR, Described, QuestionnaireDraft
from app.questions.rules.showing import boxes, ticked_by
from app.questions.rules.translating import HEAD, TextPart
from app.questions.rules.types import TRAITS, QuestionType
from app.questions.rules.writing import (
    LONGEST_CHOICE,
    LONGEST_HINT,
    LONGEST_TEXT,
    MOST_CHOICES,
    OFFERED,
    WrittenQuestion,
    choices_in,
)
from app.questions.wording import KIND_NAMES, box_words

FEWEST_CHOICES = 2


class QuestionEditForm(EditForm):
    """One question: its words, how it is answered, when it is put."""

    text = texts_field(
        lambda name: _l("The question in %(language)s", language=name),
        TextAreaField,
        Length(max=LONGEST_TEXT),
        needed=DataRequired(),
        render_kw={"rows": 2},
    )
    hint = texts_field(
        lambda name: _l("Help in %(language)s", language=name),
        TextAreaField,
        Length(max=LONGEST_HINT),
        description=_l("One or two sentences below the question, where it needs them."),
        render_kw={"rows": 2},
    )
    kind = RadioField(
        _l("How is it answered?"),
        choices=options((str(kind), KIND_NAMES[kind]) for kind in OFFERED),
        default=QuestionType.SHORT_TEXT.value,
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    choices = TextAreaField(
        _l("Choices"),
        description=_l(
            "One a line, in Danish; of a scale the highest first. Other languages have a page of "
            "their own."
        ),
        validators=[Length(max=MOST_CHOICES * LONGEST_CHOICE)],
        render_kw={"rows": 5, "lang": DEFAULT, "dir": direction(DEFAULT)},
    )
    required = BooleanField(
        _l("It must be answered"),
        description=_l("Asked for only when the whole is sent in; until then it may stay empty."),
    )
    near = BooleanField(_l("It stands on the page of the question before it"))
    shown_if = TickField(
        _l("Ask it only of those who answered one of these"),
        description=_l("Tick nothing to ask everyone."),
        validators=[Optional()],
    )

    @classmethod
    def of(
        cls,
        draft: QuestionnaireDraft,
        code: str | None,
        *,
        one_page: bool,
        as_it_stands: bool = False,
    ) -> Self:
        """The form as the question stands, or empty for a new one; `as_it_stands`: whatever is
        being sent."""
        filled = _filled(draft.question(code or ""))
        form = cls(None, **filled) if as_it_stands else cls(**filled)
        form._offer(draft, code)
        if one_page:
            del form["near"]
        return form.over_what_stands()

    def _offer(self, draft: QuestionnaireDraft, code: str | None) -> None:
        """The answers that it may wait for, and the kinds that it may be of."""
        offered = [(box.name, box_words(box)) for box in boxes(draft.before(code))]
        standing = draft.question(code or "") or {}
        lost = set(ticked_by(standing.get("ask_if")) or ()) - {name for name, _words in offered}
        offered += [(name, _("An answer that is not asked before it")) for name in sorted(lost)]
        self.shown_if.choices = options(offered)
        if not offered:
            del self["shown_if"]
        kind = standing.get("type")
        if kind and QuestionType(kind) not in OFFERED:
            self.kind.choices = options([(kind, KIND_NAMES[QuestionType(kind)])])

    def validate_choices(self, field: Any) -> None:
        if not _takes_lines(self.kind.data):
            return
        given = choices_in(field.data or "")
        if not FEWEST_CHOICES <= len(given) <= MOST_CHOICES:
            raise ValidationError(
                _("Write %(fewest)s to %(most)s choices.", fewest=FEWEST_CHOICES, most=MOST_CHOICES)
            )
        if any(len(line) > LONGEST_CHOICE for line in given):
            raise ValidationError(
                _("A choice can have at most %(most)s characters.", most=LONGEST_CHOICE)
            )

    def written(self) -> WrittenQuestion:
        """What is asked for."""
        return WrittenQuestion(
            kind=QuestionType(self.kind.data),
            text=self.text.written,
            hint=self.hint.written,
            choices=choices_in(self.choices.data or ""),
            required=bool(self.required.data),
            shown_if=(self.shown_if.data or []) if "shown_if" in self else [],
            near="near" in self and bool(self.near.data),
        )


def _takes_lines(kind: str) -> bool:
    return kind in set(QuestionType) and TRAITS[QuestionType(kind)].has_options


def _filled(question: Described | None) -> dict[str, object]:
    if question is None:
        return {}
    labels = [option["label"][DEFAULT] for option in question.get("options", ())]
    return {
        "text": question["text"],
        "hint": question.get("hint", {}),
        "kind": question["type"],
        "choices": "\n".join(labels),
        "required": question.get("required", False),
        "near": question.get(NEAR, False),
        "shown_if": ticked_by(question.get("ask_if")) or [],
    }


class AroundForm(EditForm):
    """What stands around the questions."""

    title = texts_field(
        lambda name: _l("Title in %(language)s", language=name),
        StringField,
        Length(max=LONGEST_CHOICE),
        needed=DataRequired(),
    )
    intro = texts_field(
        lambda name: _l("Beginning in %(language)s", language=name),
        TextAreaField,
        Length(max=LONGEST_HINT),
        needed=DataRequired(),
        render_kw={"rows": 3},
    )
    thanks = texts_field(
        lambda name: _l("Thanks in %(language)s", language=name),
        TextAreaField,
        Length(max=LONGEST_HINT),
        needed=DataRequired(),
        render_kw={"rows": 3},
    )

    @staticmethod
    def as_written(record: QuestionnaireDraft) -> Mapping[str, object]:
        return {name: record.head[name] for name in HEAD}

    def written(self) -> Mapping[str, Mapping[str, str]]:
        """Each text in the languages it has."""
        return {name: self[name].written for name in HEAD}


class TranslationForm(EditForm):
    """One field for each text, in one language; made by `translation_form`."""

    def texts(self) -> Mapping[str, str]:
        """What was written, by where it stands."""
        return {
            name: field.data or ""
            for name, field in self._fields.items()
            if isinstance(field, TextAreaField)
        }


def translation_form(
    parts: Sequence[TextPart], language: str, label: Lazy, *, as_it_stands: bool = False
) -> TranslationForm:
    """The form of one language, each text beneath its Danish one."""
    look = {"rows": 2, "lang": language, "dir": direction(language)}
    fields = {
        part.name: TextAreaField(
            label,
            description=part.texts[DEFAULT],
            validators=[Length(max=LONGEST_HINT)],
            render_kw=look,
        )
        for part in parts
    }
    kind: type[TranslationForm] = type("OneLanguageForm", (TranslationForm,), fields)
    filled = {part.name: part.texts.get(language, "") for part in parts}
    form = kind(None, data=filled) if as_it_stands else kind(data=filled)
    return form.over_what_stands()
