"""Every operation of the OpenAPI document against the app itself, in process: what is asked is generated from the
document, what comes back is held against it. Whatever a call changed is undone.
"""

import random
from collections import Counter

import hypothesis
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test

from config.api import router
from tests.matrix.rest import ROUTES
from tests.matrix.test_rest import documented_path

AT_LENGTH = 50
SEED = 20260115
PLAIN = {"Accept-Encoding": "identity"}
REFUSALS = ["304", "400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "429"]
RULES = {
    "checks": {
        # 422 is also for what a schema cannot say (a term in the past, an end before its beginning); 412 and 304 are
        # for a version that is no longer, or still, the present one
        "positive_data_acceptance": {"expected-statuses": ["2xx", *REFUSALS]},
        "negative_data_rejection": {"expected-statuses": REFUSALS},
    },
    "generation": {"with-security-parameters": False},  # who asks is given; without it, the check asks once more
    "phases": {"coverage": {"unexpected-methods": ["PUT", "DELETE", "PATCH"]}},
}
SHORT = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING]
LONG = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
NAMES = {
    (documented_path(entry.name), verb.upper()): entry.name
    for entry in router.urls
    for verb in entry.callback.actions
}


def operations():
    """Each operation of the document that the app serves."""
    for signal in (request_started, request_finished):  # one transaction holds the world, as with Django's client
        signal.disconnect(close_old_connections)
    config = SchemathesisConfig.from_dict(RULES)
    app = undone(get_wsgi_application())
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", app, config=config)
    return [result.ok() for result in schema.get_all_operations()]


def undone(app):
    """The app, with each call in a savepoint that is rolled back."""

    def answer(environ, start_response):
        with transaction.atomic():
            body = app(environ, start_response)
            try:
                return [b"".join(body)]
            finally:
                body.close()
                transaction.set_rollback(True)

    return answer


def route_of(operation):
    """The matrix's row of the operation; none for the document itself."""
    method = operation.method.upper()
    return ROUTES.get((NAMES.get((operation.path, method)), method))


class Fuzzer:
    """Asks, and remembers what went wrong: operation and fault -> how to see it again."""

    def __init__(self, world, examples):
        self.world, self.examples = world, examples
        self.wrong, self.statuses = {}, Counter()
        self.chance = random.Random(SEED)

    def ask(self, operation, route, who, identity):
        def one(case):
            self.make_real(case, route, who)
            for place, values in identity.items():
                getattr(case, place).update(values)
            case._has_explicit_auth = True
            answer = case.call()
            self.statuses[answer.status_code] += 1
            try:
                case.validate_response(answer)
            except FailureGroup as group:
                for failure in group.exceptions:
                    self.remember(operation, case, answer, failure)

        settings = hypothesis.settings(
            max_examples=self.examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )  # fmt: skip
        config = HypothesisTestConfig(
            project=operation.schema.config, modes=LONG if self.examples >= AT_LENGTH else SHORT, settings=settings,
            seed=SEED,
        )  # fmt: skip
        create_test(operation=operation, test_func=one, config=config)()

    def remember(self, operation, case, answer, failure):
        fault = f"{operation.label}: {answer.status_code} {type(failure).__name__} {failure.message}"[:400]
        self.wrong.setdefault(fault, (case.as_curl_command()[:1000], answer.content[:400].decode(errors="replace")))

    def told(self):
        calls = dict(sorted(self.statuses.items()))
        lines = [f"{sum(calls.values())} calls: {calls}, {len(self.wrong)} faults"]
        return "\n".join([*lines, *(f"{fault}\n    {curl}\n    {text}" for fault, (curl, text) in self.wrong.items())])

    def make_real(self, case, route, who):
        """Two of three valid questions name what there is, as the matrix does: else nearly all would end at 404."""
        valid = case.meta is not None and case.meta.generation.mode.is_positive
        if route is None or not valid or self.chance.random() < 1 / 3:
            return
        if route.thing:
            thing = self.world.things[route.thing]
            for name in case.path_parameters or {}:
                case.path_parameters[name] = getattr(thing, "pk", thing)
        body = route.body(self.world, who) if case.method == "POST" else None
        if body and isinstance(case.body, dict):
            case.body |= {name: value for name, value in body.items() if not isinstance(value, str)}
