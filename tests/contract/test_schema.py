"""The app keeps what its OpenAPI document says: schemathesis with all of its checks, by session and by key.

Here a few examples an operation; ``make contract`` asks fifty and more of each, as everybody who may.
"""

import json
import logging
import os

import pytest
import requests
import schemathesis
from drf_spectacular.generators import SchemaGenerator

from config.examples import EXAMPLES
from tests.contract import fuzzing
from tests.contract.conftest import KEY

pytestmark = pytest.mark.django_db

ASKED = int(os.environ.get("CONTRACT_EXAMPLES", "2"))
PART = os.environ.get("CONTRACT_PART", "1/1")


def test_every_operation_answers_as_it_is_described(everything, caller):
    logging.disable(logging.ERROR)
    fuzzer = fuzzing.Fuzzer(everything, ASKED)
    part, parts = map(int, PART.split("/"))
    try:
        for number, operation in enumerate(fuzzing.operations()):
            if number % parts == part - 1:
                route = fuzzing.route_of(operation)
                for who, identity in identities(route, caller):
                    fuzzer.ask(operation, route, who, identity)
    finally:
        logging.disable(logging.NOTSET)
        print(fuzzer.told())
    assert not fuzzer.wrong, fuzzer.told()


def identities(route, caller):
    """Somebody who may and, where keys may, a program: in short one of them, at length both."""
    program = ("fulian", {"headers": fuzzing.PLAIN | {"Authorization": f"Bearer {KEY}"}})
    if route is None or route.own:
        return [program]
    person, browser = caller(route)
    if "sessionid" not in browser.cookies:
        return [program]
    token = "t" * 32
    cookies = {"sessionid": browser.cookies["sessionid"].value, "csrftoken": token}
    session = (person, {"headers": fuzzing.PLAIN | {"X-CSRFToken": token}, "cookies": cookies})
    if not route.scopes:
        return [session]
    return [session, program] if ASKED >= fuzzing.AT_LENGTH else [program]


def test_the_examples_are_what_the_document_promises(everything):
    """Each answer is held against its shape; what is sent is readable to the operation."""
    by_id = {one.definition.raw["operationId"]: one for one in fuzzing.operations()}
    for name, shown in EXAMPLES.items():
        operation = by_id[name]
        for status, body in shown.get("answers", {}).items():
            asked = requests.Request(operation.method, "http://testserver/").prepare()
            headers = {"content-type": ["application/json"]}
            operation.validate_response(
                schemathesis.Response(status, headers, json.dumps(body).encode(), asked, elapsed=0, verify=False)
            )
        if "body" in shown:
            takes = operation.definition.raw["requestBody"]["content"]["application/json"]
            assert takes["example"] == shown["body"]
        for question, example in shown.get("query", {}).items():
            asked = next(one for one in operation.definition.raw["parameters"] if one.get("name") == question)
            assert asked["example"] == example


def test_shapes_and_choices_of_one_name_are_one_in_the_document(capsys):
    """Two shapes under one name would be described as one of them."""
    SchemaGenerator().get_schema(public=True)
    said = capsys.readouterr().err
    assert "identical names" not in said
    assert "enum naming" not in said
