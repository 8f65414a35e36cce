"""Regions from a file: checked line by line, the same twice; keys and administrators from the command line."""

import gzip
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from members import notices, purging
from members.loading import load_regions
from members.models import ApiClient, IdempotentAnswer, Notice, Region, Session, Slip, Step, User
from members.models.client import digest_of
from tests.cast import KEY, client_of

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def said(command, *arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err, **options)
        refused = ""
    except CommandError as error:
        refused = str(error)
    return out.getvalue(), err.getvalue(), refused


@pytest.fixture
def file(tmp_path):
    def write(text, name="regions.csv"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return path

    return write


@pytest.mark.parametrize("name", ["regions.csv", "regions.csv.gz"])
def test_a_file_is_loaded_plain_or_packed(file, name):
    out, _err, refused = said("load_regions", file("code,name\n15,内蒙古自治区\n1504,赤峰市\n", name))
    assert "2 rows read, 2 new or renamed, 0 refused" in out
    assert not refused
    assert dict(Region.objects.values_list("code", "name")) == {"15": "内蒙古自治区", "1504": "赤峰市"}


def test_twice_is_once_and_a_new_name_replaces_the_old(file):
    path = file("code,name\n15,内蒙古\n")
    assert load_regions(path).written == 1
    assert load_regions(path).written == 0
    assert load_regions(file("code,name\n15,内蒙古自治区\n")).written == 1
    assert Region.objects.get().name == "内蒙古自治区"


def test_bad_rows_are_named_by_line_and_the_good_ones_stay(file):
    text = "code,name\n15,内蒙古\n150,x\n１５,y\n1504,\n41\n4113,南阳市\n'; drop,z\n41,河\0南\n"
    out, err, refused = said("load_regions", file(text))
    assert "6 refused" in out
    assert refused
    assert [line.split(":")[0] for line in err.splitlines() if line.startswith("line")] == [
        f"line {n}" for n in (3, 4, 5, 6, 8, 9)
    ]
    assert set(Region.objects.values_list("code", flat=True)) == {"15", "4113"}
    assert "warning: 4113 stands under a code that is missing" in err


def test_a_successor_keeps_the_old_code_and_names_the_new(file):
    load_regions(file("code,name,successor\n41,河南省,\n4113,南阳市,\n4129,南阳地区,4113\n4130,旧,9999\n"))
    assert Region.objects.get(pk="4129").successor_id == "4113"
    assert Region.objects.get(pk="4130").successor_id is None


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\xff\xfe"])
def test_a_file_without_the_columns_is_refused_whole(file, text):
    assert said("load_regions", file(text))[2]


def test_a_broken_archive_and_a_missing_file_are_refused(tmp_path):
    broken = tmp_path / "x.csv.gz"
    broken.write_bytes(gzip.compress(b"code,name\n15,x\n" * 9)[:-12])
    assert said("load_regions", broken)[2]
    assert said("load_regions", tmp_path / "absent.csv")[2]
    assert not Region.objects.exists()


def test_the_house_names_no_driver():
    house = [path for app in ("members", "alliances", "listings", "assessments") for path in (ROOT / app).rglob("*.py")]
    assert not [path.name for path in house if re.search(r"import psycopg|from psycopg", path.read_text("utf-8"))]


def test_a_key_is_printed_once_on_the_last_line(cast):
    out, _err, _refused = said("create_api_client", "热线", region="1504")
    client = ApiClient.objects.get()
    assert client.digest == digest_of(out.strip().splitlines()[-1])
    assert client.scopes == ["statistics:read"]
    assert client.expires_at - client.created_at == timedelta(days=365)
    assert Step.objects.of(client).filter(verb="create_key").exists()


@pytest.mark.parametrize(("options", "word"), [
    ({"region": "77"}, "region"), ({"region": "1504", "scopes": ["claims:write"]}, "claims:write"),
    ({"region": "1504", "organization": "none"}, "organisation"),
    ({"region": "4113", "organization": "ORG-000001"}, "区划"),
])  # fmt: skip
def test_a_key_that_makes_no_sense_is_not_issued(cast, options, word):
    assert word in said("create_api_client", "x", **options)[2]
    assert not ApiClient.objects.exists()


def test_three_administrators_get_their_slips(db):
    out = said("create_administrators", system="xi", security="an", audit="shen")[0]
    assert {user.username: user.duty for user in User.objects.all()} == {
        "xi": "system",
        "an": "security",
        "shen": "audit",
    }
    assert Slip.objects.count() == 3
    assert all(user.username in out for user in User.objects.all())
    assert said("create_administrators", system="xi", security="an", audit="shen")[2] == ""
    assert User.objects.count() == 3


@pytest.mark.parametrize(
    "names", [{"system": "x", "security": "x", "audit": "y"}, {"system": "fulian", "security": "b", "audit": "c"}]
)
def test_three_duties_are_three_people(cast, names):
    assert said("create_administrators", **names)[2]
    assert not User.objects.filter(username__in=["b", "c", "y"]).exists()


def test_a_deed_is_told_once_and_not_to_who_did_it(cast):
    Step.objects.all().update(told_at=timezone.now())
    from members.accounts import propose_role

    propose_role(cast.fulian, by=cast.balinzuo, at=timezone.now(), reason="x", role="town", region="150422404")
    assert notices.tell(notices.WRITERS, at=timezone.now()) == 1
    assert notices.tell(notices.WRITERS, at=timezone.now()) == 0
    assert Notice.objects.get().user == cast.secadmin


def test_what_has_outlived_its_term_goes_and_the_trail_stays(client, cast):
    client.force_login(cast.fulian)
    now, old = timezone.now(), timezone.now() - timedelta(days=91)
    IdempotentAnswer.objects.create(principal="user:1", key="k", fingerprint="f", at=old)
    Notice.objects.create(step=Step.objects.first(), user=cast.fulian, text="x", at=old)
    steps = Step.objects.count()
    assert purging.purge(now) == 2
    assert Session.objects.count() == 1
    assert Step.objects.count() == steps
    assert purging.purge(now + timedelta(hours=1)) == 1


def test_a_revoked_key_opens_nothing(client, cast):
    from members.keys import revoke_key

    api = client_of("1504", "register:read")
    revoke_key(api, at=timezone.now())
    assert client.get("/api/v1/organizations/", HTTP_AUTHORIZATION=f"Bearer {KEY}").status_code == 401


def test_blanks_and_empty_lines_do_no_harm_and_lines_are_counted_as_a_person_counts(file):
    loaded = load_regions(file('code,name\n15 , 内蒙古\n\n1504,"赤\n峰"\n15042,x\n150422,巴林左旗\n'))
    assert [fault.split(":")[0] for fault in loaded.bad] == ["line 5", "line 6"]
    assert set(Region.objects.values_list("code", flat=True)) == {"15", "150422"}


def test_of_a_code_that_comes_twice_the_last_row_counts(file):
    load_regions(file("code,name\n41,河南\n15,内蒙古\n41,河南省\n"))
    assert dict(Region.objects.values_list("code", "name")) == {"15": "内蒙古", "41": "河南省"}


def test_a_line_break_in_a_name_does_not_shift_the_names_of_others(file):
    loaded = load_regions(file('code,name\n15,内蒙古\n1504,"赤\n峰"\n150422,巴林左旗\n'))
    assert loaded.bad_count == 1
    assert dict(Region.objects.values_list("code", "name")) == {"15": "内蒙古", "150422": "巴林左旗"}
