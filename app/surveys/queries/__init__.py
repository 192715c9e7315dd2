"""Named reads of surveys: audiences, one respondent's sitting, and how a wave stands."""

from app.surveys.queries.audiences import Candidate, candidates
from app.surveys.queries.leaves import Leaf, leaf, open_key, sample_leaf
from app.surveys.queries.sittings import (
    LetterFacts,
    NoSuchInvitation,
    Sitting,
    letter_facts,
    rows_of,
    sitting,
    sitting_of,
    sources,
    token_of,
)
from app.surveys.queries.waves import (
    about,
    due_invitations,
    due_reminders,
    over_waves,
    refused_letters,
    responses,
    survey,
    surveys,
    unplanned_waves,
    wave,
    wave_counts,
    waves,
)

__all__ = [
    "Candidate",
    "Leaf",
    "LetterFacts",
    "NoSuchInvitation",
    "Sitting",
    "about",
    "candidates",
    "due_invitations",
    "due_reminders",
    "leaf",
    "letter_facts",
    "open_key",
    "over_waves",
    "refused_letters",
    "responses",
    "rows_of",
    "sample_leaf",
    "sitting",
    "sitting_of",
    "sources",
    "survey",
    "surveys",
    "token_of",
    "unplanned_waves",
    "wave",
    "wave_counts",
    "waves",
]
