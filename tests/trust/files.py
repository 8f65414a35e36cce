"""Files that people and attackers send, made in memory."""

import struct
import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 40
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
DOCX = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"}
XLSX = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}


def package(parts, method=zipfile.ZIP_DEFLATED):
    """A zip of (name, content) pairs; the same name may come twice."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            target.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def upload(content, name):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def encrypted(content):
    """The same package, its parts marked as encrypted in both headers."""
    changed = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def lying(content, size):
    """The same package; each part claims to unpack to ``size`` bytes."""
    changed = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + place : at + place + 4] = struct.pack("<I", size)
            at = changed.find(mark, at + 4)
    return bytes(changed)
