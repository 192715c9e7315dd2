"""The file that `seed` reads: a small world for checks, and its defaults."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

DEFAULT_CAPACITY = 100
LONGEST_LIST = 2_000_000
Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=20)]


class SeedPart(BaseModel):
    """A misspelt field is told, not passed over."""

    model_config = ConfigDict(extra="forbid")


class SeedStall(SeedPart):
    """A stall of the plan."""

    code: Code
    power_amp: int = Field(default=16, ge=0, le=1000)
    cabinet: Code | None = None
    phases: Literal[1, 3] = 1


class SeedCabinet(SeedPart):
    """A power cabinet."""

    code: Code
    amp: int = Field(ge=1, le=10_000)
    phases: Literal[1, 3] = 1


class SeedPerson(SeedPart):
    """Someone to be enrolled."""

    name: Name
    mail: Annotated[str, Field(min_length=3, max_length=254)]


class SeedEvent(SeedPart):
    """An event, published, with its windows open."""

    slug: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Literal["festival", "celebration", "workshop", "course", "meeting"] = "workshop"
    title: Name | None = None
    capacity: int | None = Field(default=None, ge=0, le=LONGEST_LIST)
    starts: AwareDatetime | None = None
    ends: AwareDatetime | None = None
    multiple_entry: bool = False
    waiting_list: bool = True
    stalls: list[SeedStall] = []
    cabinets: list[SeedCabinet] = []
    gates: list[Code] = []
    enrolments: Annotated[int, Field(ge=0, le=LONGEST_LIST)] | list[SeedPerson] = 0

    @property
    def people(self) -> list[SeedPerson]:
        """Who is enrolled; a bare number stands for that many invented people."""
        if isinstance(self.enrolments, list):
            return self.enrolments
        return [
            SeedPerson(name=f"Gæst {n:06d}", mail=f"guest-{n:06d}@{self.slug}.example")
            for n in range(1, self.enrolments + 1)
        ]

    @property
    def seats(self) -> int:
        """The capacity: as given, else enough for those enrolled."""
        if self.capacity is not None:
            return self.capacity
        return max(DEFAULT_CAPACITY, len(self.people))

    def period(self, now: datetime) -> tuple[datetime, datetime]:
        """From when to when; by default it begins now and lasts eight hours."""
        starts = self.starts or now
        return starts, self.ends or max(starts, now) + timedelta(hours=8)


class SeedOrganisation(SeedPart):
    """An organisation with one accepted application at every festival."""

    name: Name
    kind: Literal["association", "restaurant", "artist_group"] = "association"
    mail: Annotated[str, Field(min_length=3, max_length=254)]
    power_amp: int | None = Field(default=None, ge=0, le=1000)
    phases: Literal[1, 3] = 1


class SeedToken(SeedPart):
    """A machine's token."""

    name: Name
    scopes: list[Literal["enrol", "scan", "holdings", "read"]]


class SeedFile(SeedPart):
    """The whole world."""

    events: list[SeedEvent] = []
    organisations: list[SeedOrganisation] = []
    api_tokens: list[SeedToken] = []
    now: AwareDatetime | None = None
