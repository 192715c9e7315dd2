"""The machine interface against its own description: any input gets a documented answer."""

from __future__ import annotations

import contextvars
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import Case, CheckContext, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories import api_token, bearer
from tests.workshops import making

ADDRESS = "/api/v1/openapi.json"
NOT_YET = 501


def no_fault(context: CheckContext, response: Response, case: Case) -> bool | None:
    """No server fault; a call that comes later may say so."""
    return None if response.status_code == NOT_YET else not_a_server_error(context, response, case)


CHECKS = [
    no_fault,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
# Of each call: what is valid and what is not, here and nowhere, is drawn among them.
EXAMPLES = 10


@pytest.mark.only_on("sqlite")
def test_the_description_is_valid_openapi(app: Flask) -> None:
    description = app.test_client().get(ADDRESS).get_json()
    assert description["openapi"].startswith("3.1")
    validate(description)


@pytest.mark.slow
def test_any_input_gets_a_documented_answer(app: Flask) -> None:
    making.workshop()
    headers = bearer(api_token("enrol", "scan", "holdings", "read"))
    schema = contextvars.Context().run(schemathesis.openapi.from_wsgi, ADDRESS, app)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        _try(found.ok(), headers)


def _try(operation: Any, headers: dict[str, str]) -> None:
    """Call with what the description allows and with what it does not, here and nowhere."""
    here = {"slug": making.SLUG} if "{slug}" in operation.path else None
    cases = st.one_of(
        operation.as_strategy(mode, path_parameters=place)
        for mode in GenerationMode
        for place in (here, None)
    )

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def called(case: Case) -> None:
        contextvars.Context().run(case.call_and_validate, headers=headers, checks=CHECKS)

    called()
