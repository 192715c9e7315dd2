"""A million codes that are not quite right: no door takes one, and none makes it stumble."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.checkin.models import Scan
from app.core.database import db
from app.core.signing import is_signed
from app.tickets.rules.codes import read_code, ticket_code
from app.workshops.models import Admission
from tests.checkin.making import deliver, scan, workshop
from tests.checkin.mutations import KINDS, mutated
from tests.checkin.test_twin import ROOT, node

EVENT = 7
READER = Path(__file__).with_name("forgeries.mjs")
SCRIPTS = ROOT / "static" / "js"
REACH_THE_SIGNATURE = 26_000
BATCH = 1000


def genuine(key: Ed25519PrivateKey) -> list[str]:
    """Codes as they are printed, the lowest and the highest number among them."""
    return [ticket_code(EVENT, number, key.sign) for number in (1, 2**63 - 1, 4_711_000_000_001)]


@pytest.mark.slow
def test_of_a_million_mutated_codes_none_is_accepted_and_none_raises() -> None:
    key = Ed25519PrivateKey.generate()
    public_key, codes = key.public_key().public_bytes_raw(), genuine(key)
    tried = read = 0
    for wrong in mutated(codes, Random(20)):
        tried += 1
        found = read_code(wrong)
        if found is not None:
            read += 1
            assert not is_signed(public_key, found.signature, found.payload), repr(wrong)
    assert tried == sum(KINDS.values()) == 1_000_000
    assert read >= REACH_THE_SIGNATURE
    for code in codes:
        found = read_code(code)
        assert found is not None
        assert is_signed(public_key, found.signature, found.payload)


def test_the_phone_reads_and_refuses_the_same_mutated_codes(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    codes = genuine(key)
    wrong = list(mutated(codes, Random(21), share=0.03))
    public_key = key.public_key().public_bytes_raw().hex()
    given = tmp_path / "codes.json"
    given.write_text(json.dumps({"public_key": public_key, "codes": [*codes, *wrong]}))
    run = subprocess.run(
        [node(), str(READER), str(SCRIPTS), str(given)], capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["accepted"] == codes
    here = [text for text in wrong if read_code(text) is not None]
    assert told["read"] == [*codes, *here]


@pytest.mark.slow
@pytest.mark.usefixtures("app")
def test_mutated_codes_of_real_tickets_are_kept_and_admit_nobody() -> None:
    made = workshop()
    wrong = mutated(made.codes, Random(22), share=0.004)
    kinds = ("entry", "entry", "exit")
    scans = [
        scan(f"s{n}", code, kinds[n % 3], seq=n, offline=n % 2 == 0) for n, code in enumerate(wrong)
    ]
    answers = [
        answer
        for start in range(0, len(scans), BATCH)
        for answer in deliver(made, "A", *scans[start : start + BATCH])
    ]
    assert {answer["verdict"] for answer in answers} == {"unknown", "forged", "quarantined"}
    assert all(answer["stored"] and "name" not in answer for answer in answers)
    assert db.session.scalars(select(Admission.scan_id)).all() == []
    assert db.session.scalars(select(Scan.ticket_id).distinct()).all() == [None]
