"""Files from outside (G12): what is taken, what is refused and why, and who may have them back."""

import hashlib
import random
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from alliances import transitions as verbs
from alliances.models import Charter
from members.fields import UploadField
from members.models import Document
from members.uploads import CSV, DOCX, JPG, OFD, PACKED, PAPERS, PDF, PNG, TABLES, TXT, XLSX, check_upload, safe_name
from tests.cast import NOW, again
from tests.trust import files
from tests.trust.files import package, upload

GOOD = [
    ("章程.pdf", files.PDF, PDF),
    ("章程.PDF", files.PDF, PDF),
    ("协议.docx", package(files.DOCX), DOCX),
    ("名单.xlsx", package(files.XLSX), XLSX),
    ("公文.ofd", package({"OFD.xml": b"<ofd:OFD/>"}), OFD),
    ("签字页.jpeg", files.JPG, JPG),
    ("盖章页.png", files.PNG, PNG),
    ("说明.txt", "第一条 自主自愿。\r\n".encode(), TXT),
    ("说明.txt", "第一条 自主自愿。".encode("gb18030"), TXT),
]
BAD = [
    ("空.pdf", b"", "empty"),
    ("大.pdf", files.PDF + b"0" * PACKED, "too_large"),
    ("程序.exe", b"MZ\x90\0" + b"\0" * 60, "unknown_kind"),
    ("程序.pdf", b"MZ\x90\0" + b"\0" * 60, "unknown_kind"),
    ("网页.html", b"<script>alert(1)</script>", "unknown_kind"),
    ("图.svg", b"<svg onload='alert(1)'/>", "unknown_kind"),
    ("表.csv", b"a,b\r\n", "unknown_kind"),
    ("压缩包.zip", package({"a.txt": b"a"}), "unknown_kind"),
    ("协议.docx", package({"a.txt": b"a"}), "unknown_kind"),
    ("程序.txt", b"MZ\x90\0" + b"\0" * 60, "not_text"),
    ("网页.pdf.html", files.PDF, "wrong_ending"),
    ("协议.docx", files.PDF, "wrong_ending"),
    ("名单.docx", package(files.XLSX), "wrong_ending"),
    ("无后缀", files.PDF, "wrong_ending"),
    ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_office"),
    ("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("密.docx", files.encrypted(package(files.DOCX)), "encrypted"),
    ("密.pdf", files.PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "encrypted"),
    ("宏.xlsm", package(files.XLSX | {"xl/vbaProject.bin": b"x"}), "macros"),
    ("宏.xlsx", package(files.XLSX | {"xl/VBAPROJECT.bin": b"x"}), "macros"),
    ("宏4.xlsx", package(files.XLSX | {"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
    ("宏.docx", package(files.DOCX | {"[Content_Types].xml": b'"application/vnd.ms-word.macroEnabled"'}), "macros"),
    ("控件.docx", package(files.DOCX | {"word/activeX/activeX1.bin": b"x"}), "macros"),
    ("出走.docx", package(files.DOCX | {"../../etc/cron.d/x": b"x"}), "unsafe_name"),
    ("出走.docx", package(files.DOCX | {"/etc/passwd": b"x"}), "unsafe_name"),
    ("出走.docx", package(files.DOCX | {"word\\..\\..\\x": b"x"}), "unsafe_name"),
    ("出走.docx", package(files.DOCX | {"C:/x": b"x"}), "unsafe_name"),
    ("碎.xlsx", package(files.XLSX | {f"xl/{n}.xml": b"x" for n in range(200)}), "bomb"),
    ("很碎.xlsx", package(files.XLSX | {f"xl/{n}.xml": b"" for n in range(2000)}), "bomb"),
    ("千倍.xlsx", package(files.XLSX | {"xl/a.xml": b"0" * 2**21}), "bomb"),
    ("谎.xlsx", files.lying(package(files.XLSX), 2**31), "bomb"),
    ("谎.docx", files.lying(package(files.DOCX), 3), "damaged"),
    ("断.docx", package(files.DOCX)[:-30], "damaged"),
    ("奇.docx", package(files.DOCX, zipfile.ZIP_LZMA), "damaged"),
    ("错.docx", package(files.DOCX, zipfile.ZIP_STORED).replace(b"<w:document/>", b"<w:documint/>"), "damaged"),
]


@pytest.mark.parametrize(("name", "content", "kind"), GOOD, ids=lambda value: str(value)[:12])
def test_a_good_file_is_known_by_its_content(name, content, kind):
    file = upload(content, name)
    assert check_upload(file, PAPERS) is kind
    assert file.read() == content, "the file stands at its beginning again"


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[f"{name}-{code}" for name, _, code in BAD])
def test_a_bad_file_is_refused_with_its_reason(name, content, code):
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(content, name), PAPERS)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith("。")


def test_a_part_that_comes_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        content = package([*files.DOCX.items(), ("word/document.xml", b"<other/>")])
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(content, "双.docx"), PAPERS)
    assert refused.value.code == "unsafe_name"


def test_an_import_takes_tables_only():
    assert check_upload(upload("代码,名称\r\n".encode("gb18030"), "表.csv"), TABLES) is CSV
    with pytest.raises(ValidationError, match=r"Excel 表格（.xlsx）、CSV 表格（.csv）"):
        check_upload(upload(files.PDF, "表.pdf"), TABLES)


def test_whatever_is_broken_in_a_package_is_a_refusal_and_no_crash():
    chance, whole = random.Random(12), package(files.DOCX | {"word/a.xml": bytes(range(256)) * 40})
    for _ in range(2000):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        cut = chance.choice((None, chance.randrange(30, len(content))))
        try:
            check_upload(upload(bytes(content[:cut]), "a.docx"), PAPERS)
        except ValidationError as refused:
            assert refused.code


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("章程.pdf", "章程.pdf"),
        ("C:\\桌面\\章程.pdf", "章程.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('章程"\r\nSet-Cookie: a=b.pdf', "章程_Set-Cookie_ a=b.pdf"),
        ("章程\u202efdp.exe\u202c.pdf", "章程fdp.exe.pdf"),
        ("章\0程\u200b.PDF", "章程.pdf"),
        ("  ..  ", "文件.pdf"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
        ("章程.html", "章程.html.pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(sent, kept):
    assert safe_name(sent, PDF) == kept


def test_the_field_of_a_file_says_what_it_takes_and_what_the_file_is():
    field = UploadField(TABLES)
    assert str(field.help_text) == ".xlsx .csv，不超过 20 MB"
    assert field.clean(upload(package(files.XLSX), "名单.xlsx")).kind is XLSX
    with pytest.raises(ValidationError):
        field.clean(upload(files.PDF, "名单.pdf"))


def test_what_comes_after_the_bound_is_dropped_before_it_fills_a_disk():
    request = RequestFactory().post("/", {"file": upload(files.PDF + b"0" * (PACKED + 2**20), "大.pdf")})
    file = request.FILES["file"]
    assert PACKED < file.size < PACKED + 2**18
    with pytest.raises(ValidationError, match="超过 20 MB"):
        check_upload(file, PAPERS)
    request.close()


@pytest.fixture
def charter(cast):
    file = upload(files.PDF, "章程\r\nX-Evil: 1\u202efdp.pdf")
    made = verbs.draft_charter(cast.alliance, text="第一条", file=file, by=cast.dongshiqiao, at=NOW)
    return verbs.put_charter(made, by=cast.dongshiqiao, at=NOW)


@pytest.fixture
def document(charter):
    return Document.objects.of(charter).get()


def fetched(person, document):
    browser = Client()
    browser.force_login(again(person))
    return browser.get(document.get_absolute_url())


def test_a_file_lies_under_a_random_name_where_nothing_is_served(cast, document, settings):
    place = Path(document.file.path)
    assert place.is_relative_to(settings.MEDIA_ROOT)
    assert len(place.name) == 40
    assert "章程" not in str(place)
    assert place.stat().st_mode & 0o777 == 0o600
    assert document.sha256 == hashlib.sha256(files.PDF).hexdigest()
    assert document.size == len(files.PDF)


def test_a_file_goes_out_as_an_attachment_and_nothing_else(cast, document):
    answer = fetched(cast.fulian, document)
    assert answer.content == files.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "%E7%AB%A0%E7%A8%8B" in answer["Content-Disposition"]
    assert "X-Evil" not in answer.headers
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("dongshiqiao", 200), ("fulian", 200), ("chifeng", 200), ("balinzuo", 200), ("lindong", 200), ("lushan", 404),
     ("nanyang", 404), ("dongguan", 404), ("sysadmin", 404), ("secadmin", 404), ("auditor", 404)],
)  # fmt: skip
def test_a_file_is_for_those_who_may_see_what_it_belongs_to(cast, document, who, status):
    assert fetched(getattr(cast, who), document).status_code == status


def test_an_ex_member_has_no_file_any_more(cast, document):
    membership = cast.alliance.memberships.get(organization=cast.fulian_org)
    verbs.leave(membership, by=cast.fulian, at=NOW, reason="精力不够")
    assert fetched(cast.fulian, document).status_code == 404


def test_a_draft_shows_its_file_to_its_author_only(cast):
    file = upload(files.PDF, "章程.pdf")
    made = verbs.draft_charter(cast.alliance, text="第一条", file=file, by=cast.dongshiqiao, at=NOW)
    document = Document.objects.of(made).get()
    assert fetched(cast.dongshiqiao, document).status_code == 200
    assert fetched(cast.fulian, document).status_code == 404
    assert fetched(cast.chifeng, document).status_code == 404


def test_the_next_id_and_a_lost_file_are_absent(cast, document):
    browser = Client()
    browser.force_login(cast.fulian)
    for odd in (document.pk + 1, 0, 2**63):
        assert browser.get(f"/documents/{odd}/").status_code == 404
    assert browser.get("/documents/-1/").status_code == 404
    Path(document.file.path).unlink()
    assert browser.get(document.get_absolute_url()).status_code == 404
    assert Client().get(document.get_absolute_url()).status_code == 302


def test_no_address_leads_to_the_folder_of_files(cast, document):
    browser = Client()
    browser.force_login(cast.chifeng)
    for way in ("/files/", "/media/", "/static/../files/", "/static/"):
        assert browser.get(f"{way}{document.file.name}").status_code == 404


def test_another_file_takes_the_place_of_a_drafts_file(cast, django_capture_on_commit_callbacks):
    file = upload(files.PDF, "章程.pdf")
    made = verbs.draft_charter(cast.alliance, text="第一条", file=file, by=cast.dongshiqiao, at=NOW)
    old = Path(Document.objects.of(made).get().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        file = upload(files.PNG, "章程.png")
        verbs.amend_charter(made, text="第一条", file=file, by=cast.dongshiqiao, at=NOW)
    assert Document.objects.of(made).get().name == "章程.png"
    assert not old.exists()


def test_a_refused_file_leaves_nothing_behind(cast, settings):
    before = Charter.objects.count()
    with pytest.raises(ValidationError):
        bad = upload(b"MZ\x90\0", "章程.pdf")
        verbs.draft_charter(cast.alliance, text="第一条", file=bad, by=cast.dongshiqiao, at=NOW)
    assert Charter.objects.count() == before
    assert not Document.objects.exists()
