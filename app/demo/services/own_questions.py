"""Three questions of its own that the living festival asks of associations, and answers to them."""

from __future__ import annotations

from app.applications.queries import own_questions
from app.applications.rules.own_questions import key_of
from app.applications.rules.states import Role
from app.applications.services.own_questions import APPLICANTS
from app.questions.rules.types import QuestionType
from app.questions.rules.writing import WrittenQuestion
from app.questions.services import editing

NO_HINT: dict[str, str] = {}
QUESTIONS = (
    WrittenQuestion(
        QuestionType.CHOICE,
        {
            "da": "Vil I stå i nærheden af børnenes hjørne?",
            "en": "Would you like to stand near the children's corner?",
            "ar": "هل تودون الوقوف قرب ركن الأطفال؟",
        },
        NO_HINT,
        ("Ja, vi har noget for børn", "Nej", "Det er lige meget"),
        required=True,
        shown_if=(),
    ),
    WrittenQuestion(
        QuestionType.LONG_TEXT,
        {
            "da": "Hvad kan børn lave hos jer?",
            "en": "What can children do at your stall?",
            "ar": "ماذا يمكن للأطفال أن يفعلوا عندكم؟",
        },
        {
            "da": "To sætninger er nok. De kommer i børnenes eget program.",
            "en": "Two sentences will do. They go into the children's own programme.",
            "ar": "تكفي جملتان، وتُنشران في برنامج الأطفال.",
        },
        (),
        required=True,
        shown_if=("q1=c1",),
    ),
    WrittenQuestion(
        QuestionType.NUMBER,
        {
            "da": "Hvor mange af jer spiser med ved frokosten for frivillige?",
            "en": "How many of you join the volunteers' lunch?",
            "ar": "كم شخصًا منكم يشارك في غداء المتطوعين؟",
        },
        NO_HINT,
        (),
        required=False,
        shown_if=(),
    ),
)
CHOICES = {
    "en": {
        "q1-option-c1": "Yes, we have something for children",
        "q1-option-c2": "No",
        "q1-option-c3": "It does not matter",
    },
    "ar": {
        "q1-option-c1": "نعم، لدينا ما نقدمه للأطفال",
        "q1-option-c2": "لا",
        "q1-option-c3": "لا فرق",
    },
}
ANSWERS: tuple[dict[str, object], ...] = (
    {"q1": "c1", "q2": "Male fliser og synge med på tre sange.", "q3": 4},
    {"q1": "c2", "q2": None, "q3": None},
    {"q1": "c3", "q2": None, "q3": 6},
)


def ask(event_id: int) -> None:
    """Write the questions and publish them."""
    asked = own_questions.set_of(key_of(event_id, Role.ASSOCIATION_STALL))
    if asked is not None:
        for question in QUESTIONS:
            editing.add(asked, question)
        for language, texts in CHOICES.items():
            editing.translate(asked, language, texts)
        editing.publish(asked, APPLICANTS)


def answers(number: int) -> dict[str, object]:
    """What the association of that number answers."""
    return ANSWERS[number % len(ANSWERS)]
