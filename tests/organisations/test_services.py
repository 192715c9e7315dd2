"""Organisations through their verbs, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.database import db
from app.core.outbox import Letter
from app.core.refusals import NotFound
from app.core.unit_of_work import unit_of_work
from app.organisations import queries, refusals, services
from app.organisations.models import Organisation
from app.organisations.rules import Actor, Contact
from app.people import services as people

MAIL = "amal@forening.example"
AMAL = Contact(MAIL, "Amal Yusuf")
OWN, STRANGER = Actor(MAIL), Actor("fremmed@forening.example")
pytestmark = pytest.mark.usefixtures("app")


def founded(name: str = "Kvinder på Nørrebro", contact: Contact = AMAL) -> Organisation:
    with unit_of_work():
        return services.register("association", name, contact)


def kinds_of_letters() -> list[str]:
    db.session.rollback()
    return [one.kind for one in db.session.scalars(select(Letter).order_by(Letter.id))]


def test_founder_may_act_and_a_stranger_may_not() -> None:
    made = founded()
    assert queries.organisation_for(OWN, made.id).name == "Kvinder på Nørrebro"
    for actor in (STRANGER, Actor(None)):
        with pytest.raises(NotFound):
            queries.organisation_for(actor, made.id)


def test_same_name_in_other_spelling_is_refused() -> None:
    founded()
    with pytest.raises(refusals.OrganisationNameTaken):
        founded("kvinder paa  NØRREBRO")


def test_profile_keeps_its_own_fields_only() -> None:
    made = founded()
    with unit_of_work():
        profile = {"district": "valby", "members": 40, "kind": "partner", "id": 99}
        services.save_profile(services.profile_to_write(OWN, made.id), profile)
    kept = queries.organisation(made.id)
    assert (kept.kind, kept.district, kept.members) == ("association", "valby", 40)


def test_cvr_number_of_another_is_refused_with_the_number() -> None:
    founded()
    other = founded("En anden")
    with unit_of_work():
        services.save_profile(
            services.profile_to_write(Actor(staff_id=1), queries.of_email(MAIL)[1].id),
            {"cvr": "13585628"},
        )
    with pytest.raises(refusals.CvrTaken) as refused, unit_of_work():
        services.save_profile(services.profile_to_write(OWN, other.id), {"cvr": "13585628"})
    assert refused.value.facts == {"cvr": "13585628"}


def test_stranger_cannot_write_a_profile_or_consent() -> None:
    made = founded()
    for verb in (
        lambda: services.save_profile(
            services.profile_to_write(STRANGER, made.id), {"name": "Min"}
        ),
        lambda: services.save_consents(STRANGER, made.id, {("name", "atlas")}),
        lambda: services.add_representative(STRANGER, made.id, AMAL),
        lambda: services.end_representation(STRANGER, made.id, 1),
    ):
        with pytest.raises(NotFound), unit_of_work():
            verb()


def test_consent_is_given_and_taken_back_field_by_field() -> None:
    made = founded()
    with unit_of_work():
        services.save_profile(
            services.profile_to_write(OWN, made.id), {"district": "valby", "members": 40}
        )
        wanted = {("name", "atlas"), ("district", "atlas"), ("members", "catalogue")}
        services.save_consents(OWN, made.id, wanted)
    assert queries.shown([made.id], "atlas")[made.id] == {
        "name": "Kvinder på Nørrebro",
        "district": "valby",
    }
    assert queries.shown([made.id], "catalogue") == {}
    db.session.rollback()
    with unit_of_work():
        services.save_consents(OWN, made.id, {("name", "atlas")})
    assert queries.shown([made.id], "atlas")[made.id] == {"name": "Kvinder på Nørrebro"}
    assert queries.agreed("atlas") == [made.id]


def test_organisation_is_handed_over_without_a_password() -> None:
    made = founded()
    with unit_of_work():
        services.add_representative(OWN, made.id, Contact("ny@forening.example", "Nadia"))
    old = queries.representatives(made.id)[0]
    db.session.rollback()
    with unit_of_work():
        services.end_representation(Actor("ny@forening.example"), made.id, old.id)
    assert not queries.represents(MAIL, made.id)
    assert queries.represents("ny@forening.example", made.id)
    assert kinds_of_letters() == ["organisations/welcome"]


def test_last_representative_stays() -> None:
    made = founded()
    only = queries.representatives(made.id)[0]
    with pytest.raises(refusals.LastRepresentative), unit_of_work():
        services.end_representation(OWN, made.id, only.id)


def test_representative_of_another_organisation_cannot_be_ended_here() -> None:
    mine, other = founded(), founded("En anden", Contact("b@forening.example", "Bo"))
    theirs = queries.representatives(other.id)[0]
    with pytest.raises(NotFound), unit_of_work():
        services.end_representation(OWN, mine.id, theirs.id)


def test_three_colleagues_share_one_mailbox() -> None:
    made = founded()
    for name in ("Bo", "Chen", "bo"):
        with unit_of_work():
            services.add_representative(OWN, made.id, Contact(MAIL, name))
    assert len(queries.representatives(made.id)) == 3
    assert len(queries.of_email(MAIL)) == 1


def claimed(name: str = "kvinder på nørrebro") -> int:
    with unit_of_work():
        return services.claim(Contact("ny@forening.example", "Nadia"), name, "Ny formand").id


def test_claim_gives_nothing_before_staff_say_yes() -> None:
    made = founded()
    number = claimed()
    assert not queries.represents("ny@forening.example", made.id)
    db.session.rollback()
    with unit_of_work():
        services.decide_claim(number, approved=True)
    assert queries.represents("ny@forening.example", made.id)
    assert kinds_of_letters() == ["organisations/claim_received", "organisations/welcome"]


def test_claiming_twice_is_one_claim_with_one_letter() -> None:
    founded()
    assert claimed() == claimed()
    assert kinds_of_letters() == ["organisations/claim_received"]


def test_refused_claim_lets_nobody_act_and_is_not_decided_again() -> None:
    made = founded()
    number = claimed()
    with unit_of_work():
        services.decide_claim(number, approved=False)
    with pytest.raises(refusals.ClaimDecided), unit_of_work():
        services.decide_claim(number, approved=True)
    assert not queries.represents("ny@forening.example", made.id)


def test_claim_of_nobody_known_is_refused() -> None:
    with pytest.raises(refusals.NotKnown):
        claimed("Findes ikke")


def test_search_finds_by_folded_name() -> None:
    made = founded("Café Århus på Østerbro")
    numbers = queries.numbers()
    assert list(db.session.scalars(numbers.where(queries.found_by("cafe aarhus")))) == [made.id]
    assert not list(db.session.scalars(numbers.where(queries.found_by("100%"))))


def test_forgetting_cuts_every_link_and_the_public_mail() -> None:
    made = founded()
    person = people.person_for(MAIL, "Amal Yusuf")
    with unit_of_work():
        services.save_profile(services.profile_to_write(OWN, made.id), {"public_mail": MAIL})
    assert queries.about(person.id)["represents"][0]["organisation"] == made.name
    db.session.rollback()
    with unit_of_work():
        services.forget(person)
    assert queries.about(person.id) == {"represents": [], "claims": []}
    db.session.expire_all()
    assert queries.organisation(made.id).public_mail is None
