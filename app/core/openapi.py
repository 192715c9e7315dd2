"""Calls for machines: one decorator that checks the body and tells OpenAPI 3.1 of the call."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError

from app.core.access import PUBLIC, openings_of
from app.core.answers import PROBLEM
from app.core.refusals import Invalid, Refusal
from app.core.texts import _l

REFS = "#/components/schemas/{model}"
ALWAYS = (401, 403, 422, 429, 503)


class Body(BaseModel):
    """What a machine sends: unknown fields are ignored, types are not guessed."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


class NotJson(Refusal):
    """The body cannot be read as JSON."""

    status = 422
    sentence = _l("The body must be JSON, sent as application/json.")


@dataclass(frozen=True)
class Operation:
    """What the document says of one call."""

    summary: str
    body: type[BaseModel] | None
    answer: type[BaseModel] | None
    status: int
    errors: Sequence[int]
    query: dict[str, str]


def operation(
    answer: type[BaseModel] | None,
    body: type[BaseModel] | None = None,
    *,
    status: int = 200,
    errors: Sequence[int] = (),
    query: dict[str, str] | None = None,
    parsed: bool = True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Check the body before the transaction begins and hand it on as `body`.

    With `parsed=False` the body is only documented: the call reads it itself.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def called(*args: Any, **kwargs: Any) -> Any:
            if body is not None and parsed:
                kwargs["body"] = _parsed(body)
            return view(*args, **kwargs)

        summary = (view.__doc__ or view.__name__).strip().splitlines()[0]
        called.operation = Operation(summary, body, answer, status, errors, query or {})  # type: ignore[attr-defined]
        return called

    return mark


def answered(content: BaseModel, status: int = 200) -> Response:
    """A model as the answer; what is None is left out."""
    response = jsonify(content.model_dump(mode="json", exclude_none=True, by_alias=True))
    response.status_code = status
    return response


def _parsed(model: type[BaseModel]) -> BaseModel:
    if request.mimetype != "application/json":
        raise NotJson
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        places = {
            ".".join(map(str, error["loc"])) or "body": error["msg"] for error in error.errors()
        }
        raise Invalid(places) from error


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of every marked call."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        call = getattr(view, "operation", None)
        if call is None:
            continue
        described = _described(call, rule, schemas)
        if PUBLIC in (openings_of(view) or ()):
            described["security"] = []
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "Torvet", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    }


def _described(call: Operation, rule: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    parameters = [_parameter(name, "path") for name in sorted(rule.arguments)]
    parameters += [_parameter(name, "query", kind) for name, kind in call.query.items()]
    good = {"description": "Done", **_content(call.answer, schemas, "application/json")}
    refused = {"description": "Refused", **_content(Problem, schemas, PROBLEM)}
    responses = {str(call.status): good} | {
        str(code): refused for code in sorted({*ALWAYS, *call.errors})
    }
    described = {"summary": call.summary, "operationId": rule.endpoint, "responses": responses}
    if parameters:
        described["parameters"] = parameters
    if call.body is not None:
        content = _content(call.body, schemas, "application/json")
        described["requestBody"] = {"required": True, **content}
    return described


def _parameter(name: str, place: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": kind}}


def _content(
    model: type[BaseModel] | None, schemas: dict[str, Any], mimetype: str
) -> dict[str, Any]:
    if model is None:
        return {}
    schema = model.model_json_schema(ref_template=REFS)
    schemas.update(schema.pop("$defs", {}))
    schemas[model.__name__] = schema
    return {"content": {mimetype: {"schema": {"$ref": REFS.format(model=model.__name__)}}}}
