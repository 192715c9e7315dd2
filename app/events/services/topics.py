"""The team's list of what events can be about."""

from __future__ import annotations

from collections.abc import Mapping

from app.core import audit, clock
from app.core.database import db, insert_once
from app.core.edit_forms import held
from app.core.languages import DEFAULT
from app.events import queries, refusals, rules
from app.events.models import Topic
from app.events.queries import ListedTopic
from app.events.rules import EventVerb
from app.events.wording import TOPIC_NAMES


def add(name: Mapping[str, str]) -> None:
    """One more topic, offered from now on."""
    key = rules.key_from(name[DEFAULT])
    if not key or key in TOPIC_NAMES or not insert_once(Topic, key=key, name=dict(name)):
        raise refusals.TopicThere
    _note(EventVerb.TOPIC_KEPT, key)


def held_topic(key: str) -> ListedTopic:
    """The topic as it is listed now; nobody else renames it until the end."""
    topic = db.session.get(Topic, key)
    if topic is not None:
        held(topic)
    return queries.topic(key)


def rename(key: str, name: Mapping[str, str]) -> None:
    """Another name for the same topic; its key stays, so figures of past years do."""
    topic = _row(key)
    topic.name, topic.ended_at = dict(name), None
    _note(EventVerb.TOPIC_KEPT, key)


def end(key: str) -> None:
    """It is no longer offered; what has it keeps it."""
    topic = _row(key)
    topic.ended_at = topic.ended_at or clock.now()
    _note(EventVerb.TOPIC_ENDED, key)


def _row(key: str) -> Topic:
    topic = db.session.get(Topic, key, with_for_update=True)
    if topic is None:
        if key not in TOPIC_NAMES:
            raise refusals.NoSuchTopic
        topic = Topic(key=key, name={})
        db.session.add(topic)
    return topic


def _note(verb: EventVerb, key: str) -> None:
    db.session.flush()
    audit.record("topic", 0, verb, topic=key)
