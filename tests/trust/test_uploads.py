"""Files from outside (G12): what is taken, what is refused and why, and who may have them back."""

import random
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from members.fields import UploadField
from members.uploads import CSV, DOCX, JPG, OFD, PACKED, PAPERS, PDF, PNG, TABLES, TXT, XLSX, check_upload, safe_name
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
