"""What an organisation's facts must be, and what consent lets others see."""

import pytest
from flask_babel import force_locale

from app.organisations import rules, wording

FACTS = {
    "name": "Dansk-Somalisk Kvindenetværk",
    "activity": {"da": "Vi mødes hver uge."},
    "district": "noerrebro",
    "languages": ["so", "da"],
    "members": 40,
    "website": "",
    "public_phone": "+4520000000",
}


def test_cvr_number_is_checked_and_written_as_eight_digits():
    assert rules.cvr("DK 13 58 56 28") == "13585628"


@pytest.mark.parametrize("wrong", ["13585629", "1358562", "00000000", "abc", "", "١٣٥٨٥٦٢٨"])
def test_wrong_cvr_number_is_no_number(wrong):
    with pytest.raises(ValueError):
        rules.cvr(wrong)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("forening.example", "https://forening.example"),
        (" http://forening.example/om ", "http://forening.example/om"),
        ("", ""),
    ],
)
def test_website_gets_its_scheme(typed, address):
    assert rules.website(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://a.b/%0aalert(1)",
        "https://user@evil.example",
        "ikke en adresse",
        "localhost",
        "https://a.exa\nmple/",
        "https://[",
        "https://" + "a" * 200 + ".example",
    ],
)
def test_website_that_is_no_plain_web_address_is_refused(typed):
    with pytest.raises(ValueError):
        rules.website(typed)


def test_all_that_may_be_shown_has_a_name():
    assert tuple(wording.FIELD_NAMES) == rules.CONSENT_FIELDS


def test_all_ten_districts_are_there():
    assert len(wording.DISTRICTS) == 10


def test_only_consented_fields_are_shown():
    consents = {("name", "catalogue"), ("district", "catalogue"), ("members", "atlas")}
    assert rules.shown(FACTS, consents, "catalogue") == {
        "name": FACTS["name"],
        "district": "noerrebro",
    }


def test_without_consent_for_the_name_nothing_is_shown():
    assert rules.shown(FACTS, {("members", "atlas")}, "atlas") == {}


def test_empty_facts_are_not_shown():
    consents = {("name", "atlas"), ("website", "atlas")}
    assert "website" not in rules.shown(FACTS, consents, "atlas")


def test_consent_for_something_that_does_not_exist_is_dropped():
    wanted = {("name", "catalogue"), ("cvr", "catalogue"), ("name", "newspaper")}
    assert rules.allowed_consents(wanted) == {("name", "catalogue")}


def test_profile_tells_what_is_missing():
    assert rules.missing({"name": "Fælles", "activity": {}, "district": ""}) == [
        "activity",
        "district",
    ]


def test_staff_act_on_behalf_and_a_mailbox_does_not():
    assert rules.Actor(staff_id=1).on_behalf
    assert not rules.Actor(email="a@b.example").on_behalf


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        ({"da": "Vi mødes.", "en": "We meet."}, "activity", "Vi mødes."),
        ("noerrebro", "district", "Nørrebro"),
        (["da", "tlh"], "languages", "Danish, tlh"),
        (["women"], "target_groups", "Women"),
        (40, "members", "40"),
        (None, "members", ""),
        ([], "languages", ""),
    ],
)
def test_fact_reads_as_words(value, name, text):
    assert wording.fact_text(value, name) == text


def test_words_of_a_list_are_parted_as_the_page_writes(app):
    with app.test_request_context(), force_locale("ar"):
        assert wording.fact_text(["tlh", "xyz"], "languages") == "tlh، xyz"
