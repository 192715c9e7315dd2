"""A page is its endpoint's template with what the handler hands it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from flask import Blueprint, Flask, make_response, render_template, request
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from app.core import digits, markup, numbers, phones
from app.core.access import StaffRole, identity, may_visit
from app.core.addresses import link_to
from app.core.language_choice import any_language, direction
from app.core.languages import OWN_NAMES
from app.core.outbox import greeting
from app.core.owner import contact, owner
from app.core.shown_again import refused
from app.core.texts import language, local, starting_large


def all_pages_of(package: str) -> Blueprint:
    """The pages of a package: each of its modules puts its own on the one in `blueprint.py`."""
    for module in pkgutil.iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
    blueprint: Blueprint = import_module(f"{package}.blueprint").pages
    return blueprint


def render(status: int = 200, template: str | None = None, **context: object) -> Response:
    """The page of this endpoint: "workshops.enrol" → workshops/enrol.html,
    "workshops_desk.roster" → workshops/desk/roster.html; `template` names another one."""
    name = template or template_of(str(request.endpoint))
    return make_response(render_template(name, **context), status)


def template_of(endpoint: str) -> str:
    """The template's path is the endpoint's name."""
    blueprint, _, view = endpoint.rpartition(".")
    return f"{blueprint.replace('_desk', '/desk')}/{view}.html"


def dress_templates(app: Flask) -> None:
    """What every template may use; an unknown name is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals.update(
        LANGUAGES=OWN_NAMES,
        StaffRole=StaffRole,
        identity=identity,
        may_visit=may_visit,
        local=local,
        link_to=link_to,
        contact=contact,
        owner=owner,
        greeting=greeting,
        any_language=any_language,
        refused=refused,
        development=app.config["DEVELOPMENT"],
    )
    app.jinja_env.globals.update(page_language=language, page_direction=direction)
    app.jinja_env.filters.update(numbers.FILTERS)
    # In letters: somebody's own words, in which no markdown takes effect.
    app.jinja_env.filters["starting_large"] = starting_large
    app.jinja_env.filters["rich"] = markup.rich_text
    app.jinja_env.filters["quoted"] = markup.escaped
    # Codes, phone and CVR numbers: on pages, and in letters.
    app.jinja_env.filters["ltr"] = digits.left_to_right
    app.jinja_env.filters["number_ltr"] = digits.number_left_to_right
    app.jinja_env.filters["phone"] = phones.on_one_line
    app.jinja_env.filters["dialled"] = digits.dialled
    app.jinja_env.filters["isolated"] = digits.isolated
