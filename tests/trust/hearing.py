"""What the house listens to when it is sent something: so that all of it is sent something odd, and none of it twice.

Names are looked for in addresses and forms; forms judge what pages are sent, shapes what REST is sent. Whoever judges
says of which names, and which of them it refuses. One that has refused a value gives it to nobody, whichever route
it judges for: what comes after it was spared, and what is said of the refusal has been seen.
"""

import json
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from django.db import transaction
from django.forms.forms import BaseForm
from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer

from members.problems import MEDIA_TYPE, problem_handler
from members.rest import ScopedViewSet


@dataclass(frozen=True)
class Verdict:
    """Of a form or a shape, once: over which names it judged, and which of them it refused."""

    judge: type
    names: frozenset
    refused: frozenset

    @property
    def ears(self):
        """Who listens: the same class may be given other fields elsewhere."""
        return self.judge, self.names


@dataclass
class Hearing:
    """All that was looked for, and the verdicts, since it was begun anew."""

    names: set = field(default_factory=set)
    verdicts: list = field(default_factory=list)
    asked: tuple = ()  # the view that was last given a body, and the shape by which it reads it

    def anew(self):
        self.names, self.verdicts = set(), []

    def refusal(self, body):
        """The answer of the view last asked to another body, as far as its shape refuses it: what a whole request
        would be answered, without the way there. None where the shape lets it pass, and it matters what comes after."""
        view, takes = self.asked
        try:
            with transaction.atomic():
                said = view.get_parsers()[0].parse(BytesIO(json.dumps(body).encode()))
                takes(data=said, context=view.get_serializer_context()).is_valid(raise_exception=True)
        except Exception as error:
            answer = problem_handler(error, {})
            if answer is None:
                raise
            assert answer.content_type == MEDIA_TYPE
            assert JSONRenderer().render(answer.data)
            return answer
        return None

    @property
    def judged(self):
        """The names that forms and shapes read."""
        return set().union(*(verdict.names for verdict in self.verdicts))

    @property
    def refused(self):
        return set().union(*(verdict.refused for verdict in self.verdicts))

    @property
    def ears(self):
        return {verdict.ears for verdict in self.verdicts}

    @property
    def deaf(self):
        """Those who refused, and let nothing pass."""
        return {verdict.ears for verdict in self.verdicts if verdict.refused}


@pytest.fixture
def hearing(monkeypatch):
    heard = Hearing()

    class Overheard(QueryDict):
        def __getitem__(self, name):
            heard.names.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            heard.names.add(name)
            return super().__contains__(name)

        def getlist(self, name, default=None):
            heard.names.add(name)
            return super().getlist(name, default)

    clean, said = BaseForm.full_clean, ScopedViewSet.said

    def cleaned(form):
        clean(form)
        if form.is_bound:
            names = {name: form.add_prefix(name) for name in form.fields}
            refused = frozenset(names.get(name, name) for name in form._errors)
            heard.verdicts.append(Verdict(type(form), frozenset(names.values()), refused))

    def shaped(view, takes):
        names = frozenset(name for name, shape in takes().fields.items() if not shape.read_only)
        refused, heard.asked = frozenset(), (view, takes)
        try:
            return said(view, takes)
        except ValidationError as error:
            refused = frozenset(error.detail)
            raise
        finally:
            heard.verdicts.append(Verdict(takes, names, refused))

    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Overheard)  # of addresses
    monkeypatch.setattr("django.http.request.QueryDict", Overheard)  # of forms
    monkeypatch.setattr(BaseForm, "full_clean", cleaned)
    monkeypatch.setattr(ScopedViewSet, "said", shaped)
    return heard


@pytest.fixture(scope="module")
def spent():
    """(ears, odd value) that were refused: said once, they need not be said again."""
    return set()
