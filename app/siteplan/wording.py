"""What the things of a plan are called, and what the trail says was done to them."""

from __future__ import annotations

from app.core.texts import _l
from app.siteplan.rules.cells import Heading
from app.siteplan.rules.kinds import Kind
from app.siteplan.rules.rows import Along
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.rules.layout import Facing
from app.vendors.rules.specs import LandmarkKind

# The heading over all of a kind, and over the form of a new one.
KIND_NAMES = {
    Kind.ZONE: _l("Zones"),
    Kind.CABINET: _l("Power cabinets"),
    Kind.TAP: _l("Water taps"),
    Kind.STALL: _l("Stalls"),
    Kind.LANDMARK: _l("What stands around"),
}
NEW = {
    Kind.ZONE: _l("New zone"),
    Kind.CABINET: _l("New power cabinet"),
    Kind.TAP: _l("New water tap"),
    Kind.STALL: _l("New stall"),
    Kind.LANDMARK: _l("Something new beside the stalls"),
}
ONE = {
    Kind.ZONE: _l("Zone %(name)s"),
    Kind.CABINET: _l("Cabinet %(name)s"),
    Kind.TAP: _l("Tap %(name)s"),
    Kind.STALL: _l("Stall %(name)s"),
    Kind.LANDMARK: _l("%(name)s"),
}
NO_FEEDER = {
    Kind.ZONE: _l("No zone"),
    Kind.CABINET: _l("No cabinet"),
    Kind.TAP: _l("No tap"),
}
LANDMARK_NAMES = {
    LandmarkKind.STREET: _l("Street"),
    LandmarkKind.STAGE: _l("Stage"),
    LandmarkKind.ENTRANCE: _l("Entrance"),
    LandmarkKind.EXIT: _l("Exit"),
    LandmarkKind.TOILET: _l("Toilet"),
    LandmarkKind.FIRST_AID: _l("First aid"),
    LandmarkKind.INFORMATION: _l("Information"),
    LandmarkKind.TABLES: _l("Tables"),
    LandmarkKind.TREE: _l("Tree"),
}
TYPE_NAMES = {
    Kind.ZONE: _l("Zone"),
    Kind.CABINET: _l("Cabinet"),
    Kind.TAP: _l("Tap"),
    Kind.STALL: _l("Stall"),
}
COLUMN_NAMES = {
    Heading.TYPE: _l("What is it"),
    Heading.CODE: _l("Number or code"),
    Heading.ZONE: _l("Zone"),
    Heading.X: _l("Metres to the right"),
    Heading.Y: _l("Metres down"),
    Heading.WIDTH: _l("Metres wide"),
    Heading.DEPTH: _l("Metres deep"),
    Heading.FACING: _l("The open front looks"),
    Heading.CABINET: _l("Cabinet"),
    Heading.POWER: _l("Amperes"),
    Heading.PHASES: _l("Phases"),
    Heading.PHASE: _l("Which phase"),
    Heading.PLUGS: _l("Plugs"),
    Heading.TAP: _l("Tap"),
    Heading.HOSES: _l("Hoses"),
    Heading.GAS: _l("Gas"),
    Heading.WHEELCHAIR: _l("Wheelchair"),
    Heading.BLOCKED: _l("Blocked because"),
    Heading.ARRIVES: _l("Drive in at"),
    Heading.CALL: _l("Whom they call"),
}
FACING_NAMES = {
    Facing.SOUTH: _l("Down, on the plan"),
    Facing.NORTH: _l("Up, on the plan"),
}
ALONG_NAMES = {
    Along.RIGHT: _l("To the right"),
    Along.DOWN: _l("Downwards"),
}
VERBS = {
    SitePlanVerb.ADDED: _l("put on the plan"),
    SitePlanVerb.CHANGED: _l("changed"),
    SitePlanVerb.PLACED: _l("moved on the plan"),
    SitePlanVerb.RENUMBERED: _l("got another number"),
    SitePlanVerb.SPLIT: _l("split in two"),
    SitePlanVerb.BLOCKED: _l("blocked"),
    SitePlanVerb.UNBLOCKED: _l("opened again"),
    SitePlanVerb.SHARED: _l("shared"),
    SitePlanVerb.MERGED: _l("joined with its neighbour"),
}


def title_of(kind: Kind, name: str) -> str:
    """The thing by its kind and name."""
    return str(ONE[kind]) % {"name": name}
