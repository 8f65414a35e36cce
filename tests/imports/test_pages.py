"""The pages of imports and exports: hand in, look, confirm, undo; what one may not see is not there."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.exceptions import OperationalError

from assessments import imports
from assessments.notices import WRITERS
from assessments.tasks import advance_import
from members.importing.organizations import OrganizationImporter
from members.models import ImportRun, Organization, Step, User
from members.notices import tell
from tests.cast import NOW
from tests.imports.conftest import handed_in, loaded, table
from tests.imports.test_organizations import org

pytestmark = pytest.mark.django_db
IMPORTER = OrganizationImporter()


@pytest.fixture
def as_(client, cast):
    User.objects.update(password_changed_at=timezone.now())

    def enter(name):
        client.force_login(getattr(cast, name))
        return client

    return enter


@pytest.fixture
def deaf(monkeypatch):
    """No broker hears the bell."""

    def away(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(advance_import, "delay", away)


def upload(client, body, name="表.csv"):
    return client.post("/imports/new/organizations/", {"file": SimpleUploadedFile(name, body)}, follow=True)


def test_without_a_broker_the_whole_way_works_within_the_requests(as_, deaf, django_capture_on_commit_callbacks):
    client = as_("chifeng")
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, table(IMPORTER, [org("A"), org("B", kind="党小组")]), "左旗<b>.csv")
    run = ImportRun.objects.get()
    page = client.get(run.get_absolute_url()).content.decode()
    assert "党小组" in page
    assert "第 3 行" in page
    assert "<b>" not in page
    assert not Organization.objects.filter(code="A").exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{run.pk}/confirm/")
    assert Organization.objects.filter(code="A").exists()
    assert client.post(f"/imports/{run.pk}/confirm/").status_code == 409
    client.post(f"/imports/{run.pk}/undo/")
    assert not Organization.objects.filter(code="A").exists()
    run.refresh_from_db()
    assert run.state == "undone"
    assert client.get("/imports/").status_code == 200


def test_a_file_that_no_worker_takes_is_brought_on_by_hand(as_, cast):
    client = as_("chifeng")
    upload(client, table(IMPORTER, [org("A")]))
    run = ImportRun.objects.get()
    assert run.state == "uploaded"
    page = client.get(run.get_absolute_url()).content.decode()
    assert "立即处理" in page
    client.post(f"/imports/{run.pk}/resume/")
    run.refresh_from_db()
    assert run.state == "checked"


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.xlsx", b"PK\x03\x04 no"), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.exe", b"MZ"), ("a.csv", b"")],
)
def test_a_hostile_file_is_refused_at_the_door(as_, data_dir, name, body):
    assert upload(as_("chifeng"), body, name).status_code == 422
    assert not ImportRun.objects.exists()
    assert not (data_dir / "imports").exists()


def test_a_name_is_only_shown_and_never_a_path(as_, data_dir, cast):
    upload(as_("chifeng"), table(IMPORTER, [org("A")]), "../../../etc/\u202e" + "长" * 300 + ".csv")
    run = ImportRun.objects.get()
    assert "/" not in run.file_name
    assert "\u202e" not in run.file_name
    assert [path.name for path in (data_dir / "imports").iterdir()] == [run.stored]


def test_the_template_explains_itself_and_offers_choices(as_, cast):
    answer = as_("chifeng").get("/imports/template/organizations/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    table_, about = book.worksheets
    assert [cell.value for cell in table_[1]][:3] == ["组织代码*", "全称*", "简称"]
    assert any("党支部" in rule.formula1 for rule in table_.data_validations.dataValidation)
    assert "党支部" in str([cell.value for row in about.rows for cell in row])


def test_the_marked_file_is_an_attachment_that_no_cache_keeps(as_, cast):
    run = handed_in(IMPORTER, [org("A"), org("B", kind="")], cast.chifeng)
    answer = as_("chifeng").get(f"/imports/{run.pk}/marked/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][-1] == "错误原因"
    assert len(rows) == 2


@pytest.mark.parametrize("who", ["nanyang", "fulian", "lindong", "sysadmin"])
def test_the_file_of_somebody_else_is_not_there(as_, cast, who):
    run = handed_in(IMPORTER, [org("A"), org("B", kind="")], cast.balinzuo)
    for beneath in ("", "marked/", "confirm/", "undo/", "resume/"):
        assert as_(who).get(f"/imports/{run.pk}/{beneath}").status_code == 404


def test_a_department_above_looks_on_and_does_not_confirm(as_, cast):
    run = handed_in(IMPORTER, [org("A")], cast.balinzuo)
    client = as_("chifeng")
    assert client.get(run.get_absolute_url()).status_code == 200
    assert client.post(f"/imports/{run.pk}/confirm/").status_code == 403
    assert client.get(f"/imports/{run.pk}/marked/").status_code == 404


def test_an_export_holds_what_the_page_shows_that_role(as_, cast):
    def codes(who, question=""):
        answer = as_(who).get(f"/exports/organizations/?format=csv{question}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return {line.partition(",")[0] for line in text.splitlines()[1:]}

    chifeng = codes("chifeng")
    assert cast.fulian_org.code in chifeng
    assert cast.nanyang_org.code not in chifeng
    assert codes("fulian") == {cast.fulian_org.code, cast.dongshiqiao_org.code}
    assert codes("chifeng", "&q=妇联") == {cast.fulian_org.code}


@pytest.mark.parametrize("kind", ["organizations", "alliances", "listings", "activities", "services"])
def test_every_export_is_a_workbook_whose_headings_an_import_takes(as_, cast, kind):
    answer = as_("chifeng").get(f"/exports/{kind}/")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert list(rows[0]) == imports.BY_KIND[kind].heads


def test_the_list_costs_the_same_with_one_import_and_with_three(as_, cast, django_assert_num_queries):
    client = as_("chifeng")
    handed_in(IMPORTER, [org("A")], cast.chifeng)
    client.get("/imports/")
    with CaptureQueriesContext(connection) as once:
        client.get("/imports/")
    for code in "BC":
        handed_in(IMPORTER, [org(code)], cast.balinzuo)
    with django_assert_num_queries(len(once)):
        client.get("/imports/")


def test_page_and_sweeper_take_the_same_step(as_, cast):
    by_hand, swept = (handed_in(IMPORTER, [org(code)], cast.chifeng) for code in "AB")
    for run in (by_hand, swept):
        imports.confirm(run, by=cast.chifeng, at=NOW)
    as_("chifeng").post(f"/imports/{by_hand.pk}/resume/")
    assert imports.sweep(at=NOW, wait=False) == 1
    verbs = [[s.verb for s in Step.objects.of(run)] for run in (by_hand, swept)]
    assert verbs[0] == verbs[1]


def test_whoever_handed_it_in_hears_that_the_check_is_done(cast):
    run = loaded(IMPORTER, [org("A")], cast.chifeng)
    tell(WRITERS, at=NOW)
    assert run.get_absolute_url() in cast.chifeng.notices.values_list("url", flat=True)


def test_persons_are_fetched_by_a_form_with_a_trace_and_never_by_a_link(as_, cast):
    client = as_("fulian")
    assert client.get("/exports/people/file/").status_code == 405
    answer = client.post("/exports/people/file/", {"format": "csv"})
    assert b"".join(answer.streaming_content).decode("utf-8-sig").startswith("编号,组织代码,姓名")
    assert Step.objects.filter(verb="export_people", by=cast.fulian).count() == 1
    assert as_("chifeng").post("/exports/people/file/").status_code == 403
