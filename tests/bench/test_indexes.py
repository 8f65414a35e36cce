"""The indexes by which the hot questions are answered, and none that only costs."""

import pytest
from django.db import connection
from django.db.models import ForeignKey, UniqueConstraint

from alliances.models import Activity, Alliance, Attendance, Meeting, Membership, ServiceRecord, Session
from listings.models import Call, Claim, Item, Listing, Whistle
from members.models import Notice, Organization, Region, Step

WORK = (
    Activity, Alliance, Attendance, Call, Claim, Item, Listing, Meeting, Membership, Notice, Organization,
    ServiceRecord, Session, Step, Whistle,
)  # fmt: skip
"""The tables that grow with the work, and are written with every deed."""

NEEDED = [
    (Item, ("-collected_on", "-id")),
    (Item, ("region", "collected_on")),
    (Item, ("region", "confirmed_on")),
    (Item, ("alliance", "collected_on")),
    (Item, ("due_on",)),
    (Session, ("region", "held_on")),
    (ServiceRecord, ("region", "served_on")),
    (ServiceRecord, ("alliance", "served_on")),
    (Attendance, ("session", "organization")),
    (Step, ("thing_type", "to_state", "at", "until")),
]


def beginnings(model):
    """The fields of every index and unconditional unique constraint."""
    unique = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint) and not one.condition]
    whole = [one.fields for one in model._meta.indexes if one.fields and not one.condition]
    return [tuple(fields) for fields in [*whole, *(one.fields for one in unique)] if fields]


@pytest.mark.parametrize("model", WORK, ids=lambda model: model.__name__)
def test_no_foreign_key_has_an_index_that_another_one_begins_with(model):
    first = {fields[0] for fields in beginnings(model)}
    keys = [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey) and one.db_index]
    assert [one.name for one in keys if one.name in first and not one.unique] == []


@pytest.mark.parametrize(("model", "fields"), NEEDED)
def test_what_is_asked_all_day_has_its_index(model, fields):
    partial = [tuple(one.fields) for one in model._meta.indexes]
    assert fields in [*partial, *beginnings(model)]


def test_division_codes_are_compared_byte_by_byte_wherever_they_stand():
    assert Region._meta.pk.db_collation == "C"
    for model in WORK:
        codes = [one for one in model._meta.concrete_fields if one.related_model is Region]
        assert all(one.db_parameters(connection)["collation"] == "C" for one in codes)
