"""Publishing versions of questionnaires."""

import hashlib
import json
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.database import db, insert_once
from app.core.refusals import Invalid, Refusal
from app.core.texts import _l
from app.questions import queries
from app.questions.models import Questionnaire, QuestionnaireVersion
from app.questions.rules.instrument import Instrument
from app.questions.rules.soundness import Unsound, read_instrument


class VersionPublished(Refusal):
    """A published version never changes."""

    sentence = _l(
        "Version %(number)s of %(key)s is published and cannot be changed. Make version %(next)s."
    )


def publish(document: Any) -> QuestionnaireVersion:
    """Publish a version of a questionnaire; the same content again changes nothing."""
    try:
        instrument = read_instrument(document)
    except Unsound as unsound:
        raise Invalid({str(place): flaw for place, flaw in enumerate(unsound.flaws, 1)}) from None
    checksum = checksum_of(document)
    known = {version.number: version for version in queries.versions(instrument.key)}
    same = known.get(instrument.version)
    if same is not None and same.checksum == checksum:
        return same
    if instrument.version <= max(known, default=0):
        raise VersionPublished(key=instrument.key, number=instrument.version, next=max(known) + 1)
    return _add_version(instrument, document, checksum)


def checksum_of(document: Any) -> str:
    """SHA-256 of the JSON with sorted keys and no blanks."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _add_version(instrument: Instrument, document: Any, checksum: str) -> QuestionnaireVersion:
    insert_once(Questionnaire, key=instrument.key)
    holder = select(Questionnaire.id).where(Questionnaire.key == instrument.key)
    added = QuestionnaireVersion(
        questionnaire_id=db.session.scalars(holder).one(),
        number=instrument.version,
        content=document,
        checksum=checksum,
        published_at=clock.now(),
    )
    db.session.add(added)
    db.session.flush()
    return added
