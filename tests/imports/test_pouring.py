"""Rows poured into a table say what objects would have said; a column among many values is one parameter."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from members.among import Among
from members.importing.organizations import OrganizationImporter
from members.models import ImportDeed, ImportRun, Organization, PartyMember, Step
from members.pouring import drawn, pour
from tests.cast import NOW
from tests.imports.conftest import counts, handed_in
from tests.imports.test_organizations import org

pytestmark = pytest.mark.django_db
ODD = ["\\N", "a\\tb", "两行\n字", "制\t表", "回\r车", "'\"", "", "\\."]


def test_what_is_poured_in_is_what_an_object_would_write(cast):
    keys = drawn(PartyMember, len(ODD))
    pour(PartyMember, {"id": keys, "name": ODD}, organization_id=cast.fulian_org.pk, since=date(2019, 3, 1))
    poured = PartyMember.objects.filter(pk__in=keys).order_by("pk").values_list("name", "post", "until", "since")
    assert list(poured) == [(text, "", None, date(2019, 3, 1)) for text in ODD]
    assert PartyMember.objects.create(name="下一个", organization=cast.fulian_org, since=NOW).pk not in keys


def test_nothing_is_poured_for_no_rows_and_json_keeps_its_kinds(cast):
    run = ImportRun.objects.create(kind="people", by=cast.chifeng, file_name="a", digest="", uploaded_at=NOW)
    said = {"run_id": run.pk, "thing_type_id": Step._meta.get_field("thing_type").related_model.objects.first().pk}
    pour(ImportDeed, {"row": [], "thing_id": []}, **said)
    befores = [None, {"name": "旧\\名\n", "parent_id": None}, {"skills": ["a"]}]
    pour(ImportDeed, {"row": [1, 2, 3], "thing_id": [4, 5, 6], "before": befores}, **said)
    assert list(ImportDeed.objects.order_by("row").values_list("before", flat=True)) == befores
    assert ImportDeed.objects.filter(before__isnull=True).count() == 1


def test_the_walls_of_the_table_hold(cast):
    taken = {"code": [cast.fulian_org.code], "name": ["另一个"], "region_id": ["150422"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        pour(Organization, taken, kind="branch", sector="organ", level="county")


def test_a_column_among_values(cast):
    codes = {cast.fulian_org.code, cast.banner_org.code, "ORG-999999"}
    assert set(Organization.objects.filter(Among("code", codes))) == {cast.fulian_org, cast.banner_org}
    assert not Organization.objects.filter(Among("code", [])).exists()
    assert Organization.objects.filter(Among("parent_id", [cast.banner_org.pk])).exists()


def test_a_line_of_thousands_and_what_hangs_beneath_a_circle_are_judged_in_one_walk(cast):
    rows = [org(f"L-{n}", parent_code=f"L-{n - 1}" if n else "") for n in range(3_000)]
    rows += [org(f"K-{n}", parent_code=f"K-{(n + 1) % 3}") for n in range(3)]
    rows += [org(f"B-{n}", parent_code=f"B-{n - 1}" if n else "K-0") for n in range(3)]
    run = handed_in(OrganizationImporter(), rows[::-1], cast.chifeng)
    assert counts(run) == (3_000, 0, 0, 6)
    wrongs = list(run.faults.order_by("row").values_list("wrong", flat=True))
    assert [wrong.startswith("它的上级") for wrong in wrongs] == [True] * 3 + [False] * 3
