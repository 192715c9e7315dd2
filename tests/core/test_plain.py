"""The parts of core that need no database: tokens, keys, folded text, numbers, addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock, folding, markup, numbers, signing, tokens
from app.core.addresses import link_to, own_path
from app.core.limits import client_network
from app.core.timetravel import at
from app.post.delivering import LONGEST_WAIT, wait_before
from config import DEVELOPMENT_SECRET, Settings, SettingsRefused

SECRET = "a-secret-that-is-long-enough-for-anyone-0123"
GOOD = {"TORVET_SECRET_KEY": SECRET, "TORVET_BASE_URL": "https://torvet.example"}


def test_tokens_differ_and_keep_their_prefix() -> None:
    made = {tokens.new_token("door_") for _ in range(100)}
    assert len(made) == 100
    assert all(one.startswith("door_") and len(one) >= 5 + 32 for one in made)


def test_short_codes_leave_out_letters_that_look_alike() -> None:
    assert len(tokens.SHORT_ALPHABET) == 31
    assert not set("0o1il") & set("".join(tokens.short_code() for _ in range(200)))


def test_an_id_is_positive_and_fits_sixty_three_bits() -> None:
    assert all(0 < tokens.random_id() < 2**63 for _ in range(1000))


def test_each_purpose_has_its_own_key() -> None:
    assert signing.derive_key(SECRET, "one") != signing.derive_key(SECRET, "two")
    assert signing.derive_key(SECRET, "one") == signing.derive_key(SECRET, "one")


def test_what_was_sealed_opens_only_with_its_key() -> None:
    one, other = signing.derive_key(SECRET, "one"), signing.derive_key(SECRET, "other")
    sealed = signing.seal(one, b"private")
    assert signing.unseal(one, sealed) == b"private"
    with pytest.raises(InvalidTag):
        signing.unseal(other, sealed)


@given(st.binary(max_size=80), st.binary(min_size=64, max_size=64))
def test_a_made_up_signature_proves_nothing(message: bytes, signature: bytes) -> None:
    public, _sealed = signing.new_key_pair(signing.derive_key(SECRET, "keys"))
    assert not signing.is_signed(public, signature, message)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Åse   ØRSTED ", "åse ørsted"),
        ("Aase", "åse"),
        ("José Müller", "jose muller"),
        ("İbrahim", "ibrahim"),
        ("أمَل", "امل"),
        ("Æblehaven", "æblehaven"),
    ],
)
def test_names_are_folded_alike_however_written(written: str, folded: str) -> None:
    assert folding.fold(written) == folded


def test_danish_letters_sort_last_in_their_order() -> None:
    names = ["Årup", "Zita", "Ærø", "Østbo", "Anna"]
    assert sorted(names, key=folding.sort_key) == ["Anna", "Zita", "Ærø", "Østbo", "Årup"]


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = folding.fold(text)
    assert folding.fold(once) == once


def test_numbers_are_written_the_danish_way(app: Flask) -> None:
    with force_locale("da"):
        assert numbers.integer_text(20000) == "20.000"
        assert numbers.percent_text(85) == "85\N{NO-BREAK SPACE}%"
        assert numbers.decimal_text(5.04) == "5,0"
        assert numbers.decimal_text(-5.04) == "\u22125,0"
        moment = datetime(2026, 6, 5, 12, 5, tzinfo=UTC)
        assert numbers.day_text(moment) == "5. juni 2026"
        assert numbers.clock_text(moment) == "14.05"
    with force_locale("en"):
        assert numbers.percent_text(85) == "85%"


def test_a_minus_among_arabic_words_stands_before_its_number(app: Flask) -> None:
    with force_locale("ar"):
        assert numbers.integer_text(-20) == "\u200e\u221220"
        assert numbers.decimal_text(-5.04) == "\u200e\u22125.0"
        assert numbers.integer_text(20) == "20"


def test_the_year_turns_at_midnight_in_copenhagen() -> None:
    assert clock.year_of(datetime(2010, 12, 31, 23, 30, tzinfo=UTC)) == 2011
    start, end = clock.year_bounds(2010)
    assert start == datetime(2009, 12, 31, 23, tzinfo=UTC)
    assert end - start == timedelta(days=365)


def test_a_pretended_moment_ends_with_its_block() -> None:
    then = datetime(2010, 3, 1, tzinfo=UTC)
    with at(then):
        assert clock.now() == then
    assert clock.now() != then


@pytest.mark.parametrize("target", ["/my", "/events/x?a=1#b"])
def test_own_paths_are_followed(target: str) -> None:
    assert own_path(target) == target


@pytest.mark.parametrize(
    "target",
    ["", None, "//evil.example", "/\\evil", "https://evil.example", "my", "/a\nb", "/" + "a" * 500],
)
def test_other_targets_are_not_followed(target: str | None) -> None:
    assert own_path(target) is None


def test_links_come_from_the_settings_and_not_from_a_request(app: Flask) -> None:
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        assert link_to("people.sign_in") == "http://localhost/sign-in"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
    ],
)
def test_limits_count_a_whole_ipv6_network_as_one_client(
    app: Flask, address: str, network: str
) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert client_network() == network


def test_rich_text_loses_scripts_and_foreign_schemes() -> None:
    html = markup.rich_text("**fed** <script>x</script> [a](javascript:x) ![p](https://x.example)")
    assert "<strong>fed</strong>" in html
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


def test_a_persons_own_words_make_no_links_in_letters() -> None:
    html = markup.letter_html(markup.escaped("[gratis](https://x.example) **fed**"))
    assert "<a" not in html and "<strong" not in html


@given(st.integers(1, 40), st.floats(0, 1))
def test_a_letter_waits_longer_each_time_and_never_beyond_six_hours(
    attempt: int, chance: float
) -> None:
    wait = wait_before(attempt, chance)
    assert timedelta(seconds=15) <= wait <= LONGEST_WAIT


def test_good_settings_are_taken() -> None:
    settings = Settings.from_environment(GOOD)
    assert not settings.over_loopback
    assert settings.sqlalchemy_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    "change",
    [
        {"TORVET_SECRET_KEY": ""},
        {"TORVET_SECRET_KEY": "short"},
        {"TORVET_SECRET_KEY": DEVELOPMENT_SECRET},
        {"TORVET_SECRET_KEY": "changeme" * 6},
        {"TORVET_SECRET_KEY": "a" * 48},
        {"TORVET_BASE_URL": "http://torvet.example"},
        {"TORVET_BASE_URL": "https://torvet.example/path"},
        {"TORVET_ENV": "test"},
        {"TORVET_MAIL_URL": "mail.example"},
        {"TORVET_TRUSTED_PROXIES": "one"},
    ],
)
def test_an_unsafe_start_is_refused_with_a_sentence(change: dict[str, str]) -> None:
    with pytest.raises(SettingsRefused, match="TORVET_"):
        Settings.from_environment({**GOOD, **change})


def test_plain_http_is_allowed_on_this_very_machine() -> None:
    settings = Settings.from_environment({**GOOD, "TORVET_BASE_URL": "http://127.0.0.1:8000"})
    assert settings.over_loopback


def test_postgresql_is_spoken_with_psycopg() -> None:
    given = {**GOOD, "TORVET_DATABASE_URL": "postgresql://u:p@h/d"}
    assert Settings.from_environment(given).sqlalchemy_url == "postgresql+psycopg://u:p@h/d"
