"""What a file from outside must be before anybody opens it: one of a few kinds, by its content, within bounds (G12).

Pure checks, for pages, REST, imports and commands alike: nothing is stored, nothing is unpacked to a disk, no parser
of a format is run. Every refusal is a ValidationError that says what is wrong and how to mend it.
"""

from __future__ import annotations

import codecs
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PACKED = 20 * 2**20
UNPACKED = 200 * 2**20
RATIO = 100
PARTS = 200
NAME_LENGTH = 100
_CHUNK = 2**20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, struct.error, zlib.error, ValueError)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets/|activeX/", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: its key, its word, how it is served, and how its names end."""

    key: str
    label: str | Promise
    content_type: str
    endings: tuple[str, ...]

    def __str__(self) -> str:
        return str(self.label)


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
PDF = Kind("pdf", "PDF", "application/pdf", (".pdf",))
OFD = Kind("ofd", "OFD", "application/ofd", (".ofd",))
DOCX = Kind("docx", gettext_lazy("Word 文档"), f"{_OPEN_XML}wordprocessingml.document", (".docx",))
XLSX = Kind("xlsx", gettext_lazy("Excel 表格"), f"{_OPEN_XML}spreadsheetml.sheet", (".xlsx",))
JPG = Kind("jpg", gettext_lazy("JPG 图片"), "image/jpeg", (".jpg", ".jpeg"))
PNG = Kind("png", gettext_lazy("PNG 图片"), "image/png", (".png",))
TXT = Kind("txt", gettext_lazy("文本"), "text/plain; charset=utf-8", (".txt",))
CSV = Kind("csv", gettext_lazy("CSV 表格"), "text/csv; charset=utf-8", (".csv",))

PAPERS = (PDF, OFD, DOCX, XLSX, JPG, PNG, TXT)
"""What may be kept beside a text: papers, tables, pictures."""
TABLES = (XLSX, CSV)
"""What an import may read."""
KINDS = {kind.key: kind for kind in (*PAPERS, CSV)}

_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPG), (b"\x89PNG\r\n\x1a\n", PNG))
_MAIN_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD))


def check_upload(file: File, kinds: Collection[Kind]) -> Kind:
    """The kind that the content is, one of ``kinds``; the file stands at its beginning again.

    Raises ValidationError (codes ``empty too_large unknown_kind wrong_ending old_office encrypted macros unsafe_name
    bomb damaged not_text``). At most ``PACKED`` bytes are read and ``UNPACKED`` ones unpacked, in memory only.
    """
    content = _bounded(file)
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content)
    kind = _kind_of(content, _ending(file.name or ""))
    if kind is None or kind not in kinds:
        raise _refusal("unknown_kind", _("不支持这种文件。可以上传：%(kinds)s。"), kinds=words(kinds))
    if _ending(file.name or "") not in kind.endings:
        told = _("文件名与内容不符：内容是%(kind)s，文件名应以 %(ending)s 结尾。请核对是不是选错了文件。")
        raise _refusal("wrong_ending", told, kind=kind.label, ending=kind.endings[0])
    if kind == PDF and b"/Encrypt" in content:
        raise _encrypted()
    file.seek(0)
    return kind


def words(kinds: Iterable[Kind]) -> str:
    """The kinds and their endings in words, for hints and refusals."""
    return "、".join(f"{kind.label}（{' '.join(kind.endings)}）" for kind in kinds)


def accepted(kinds: Iterable[Kind]) -> str:
    """The ``accept`` attribute of a file input."""
    return ",".join(ending for kind in kinds for ending in kind.endings)


def safe_name(name: str, kind: Kind) -> str:
    """The name under which a file is kept and handed out: without path, line breaks, control and direction marks.

    At most ``NAME_LENGTH`` characters, and it ends like its kind.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    kept = re.sub(r'[<>:"|?*]', "_", " ".join(kept.split())).strip(" .")
    ending = _ending(kept)
    stem = kept[: -len(ending)].rstrip(" .") if ending in kind.endings else kept
    ending = ending if ending in kind.endings else kind.endings[0]
    return f"{stem[: NAME_LENGTH - len(ending)] or _('文件')}{ending}"


class BoundedUpload(FileUploadHandler):
    """Drops what comes after the bound, so that nobody fills the disk; ``check_upload`` then finds it too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk goes on to the next handler; None ends its way here. ``start`` counts what this file had before."""
        return raw_data if start <= PACKED + self.chunk_size else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
        return


def _bounded(file: File) -> bytes:
    file.seek(0)
    content = file.read(PACKED + 1)
    if len(content) > PACKED:
        raise _refusal("too_large", _("文件超过 20 MB。请压缩其中的图片，或分成几份上传。"))
    if not content:
        raise _refusal("empty", _("文件是空的，请重新选择。"))
    return bytes(content)


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _kind_of(content: bytes, ending: str) -> Kind | None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    text = next((kind for kind in (TXT, CSV) if ending in kind.endings), None)
    if text is not None:
        _check_text(content)
    return text


def _kind_of_package(content: bytes) -> Kind | None:
    if content.count(_DIRECTORY_ENTRY) > 5 * PARTS:  # before the directory is read; packages may lie in packages
        raise _bomb()
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _check_parts(parts, len(content))
            names = {part.filename for part in parts}
            found = next((kind for main, kind in _MAIN_PARTS if main in names), None)
            if found is not None:
                _unpack(package, parts)
            return found
    except _BROKEN as broken:
        raise _damaged() from broken


def _check_parts(parts: list[zipfile.ZipInfo], packed: int) -> None:
    names = [part.filename for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise _encrypted()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > min(UNPACKED, RATIO * packed):
        raise _bomb()
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise _damaged()
    if len(set(names)) < len(names) or any(_leads_astray(part.orig_filename) for part in parts):
        raise _refusal("unsafe_name", _("文件内部含有不安全的路径，不能上传。请用办公软件打开后另存一份。"))
    if any(_MACROS.search(name) for name in names):
        raise _refusal("macros", _("文件带有宏或控件。请另存为不含宏的文档（.docx、.xlsx）后再上传。"))


def _leads_astray(name: str) -> bool:
    return name.startswith("/") or ":" in name or "\\" in name or "\0" in name or ".." in name.split("/")


def _unpack(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Read every part to its end, keeping nothing: a size or checksum that lies shows here."""
    for part in parts:
        with package.open(part) as stream:
            first = stream.read(_CHUNK)
            if part.filename == "[Content_Types].xml" and b"macroEnabled" in first:
                raise _refusal("macros", _("文件带有宏。请另存为不含宏的文档（.docx、.xlsx）后再上传。"))
            while stream.read(_CHUNK):
                pass


def _check_text(content: bytes) -> None:
    if not _CONTROL.search(content):
        for encoding in ("utf-8", "gb18030"):
            try:
                codecs.decode(content, encoding)
            except UnicodeDecodeError:
                continue
            return
    raise _refusal("not_text", _("文件不是文本，或编码无法识别。请另存为 UTF-8 编码的文本后再上传。"))


def _old_office(content: bytes) -> ValidationError:
    if _ENCRYPTED_OFFICE in content:
        return _encrypted()
    told = _("这是旧版 Office 格式（.doc、.xls）。请用办公软件另存为 .docx 或 .xlsx 后再上传。")
    return _refusal("old_office", told)


def _encrypted() -> ValidationError:
    return _refusal("encrypted", _("文件设有密码或权限保护，别人打不开。请取消保护后再上传。"))


def _damaged() -> ValidationError:
    return _refusal("damaged", _("文件已损坏，打不开。请用办公软件打开确认后另存一份，再上传。"))


def _bomb() -> ValidationError:
    return _refusal("bomb", _("文件解开后过大或过碎，不能上传。请只保留需要的内容，或导出为 PDF。"))


def _refusal(code: str, told: str, **params: object) -> ValidationError:
    return ValidationError(told, code=code, params=params or None)
