"""Files as people send them, honest and hostile; all made here."""

import io
import struct
import uuid
import zipfile
import zlib
from typing import Any

import docx
from PIL import Image

from branches.models import User
from meetings.attachments import store
from meetings.models import Activity, Attachment, AttachmentKind
from tests.factories import make_user

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>x</title>" + SCRIPT
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le") + bytes(64)


def make_image(
    written_as: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture, its left half dark and its right half light."""
    image = Image.new(mode, size, 0)
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "white"), (size[0] // 2, 0))
    with io.BytesIO() as file:
        image.save(file, written_as, **options)
        return file.getvalue()


def make_photo(orientation: int = 6) -> bytes:
    """A JPEG that tells where it was taken, with which camera, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 26.0), 3: "E", 4: (116.0, 23.0, 29.0)})
    return make_image(exif=exif, comment=b"SecretComment")


def make_attachment(
    activity: Activity | None, name: str = "照片.jpg", *, user: User | None = None, **values: Any
) -> Attachment:
    """A stored picture of the record, or of a form of the user that is not saved yet."""
    fields = {
        "kind": AttachmentKind.PHOTO,
        "entry_key": None if activity else uuid.UUID(int=2),
        "stored_name": store.keep_incoming(make_image(), "jpg"),
        "thumbnail_name": store.keep_incoming(make_image(), "jpg"),
        "original_name": name,
        "content_type": "image/jpeg",
        "size": 1,
        "sha256": "0" * 64,
        "uploaded_by": user or make_user(f"uploader{Attachment.objects.count()}"),
    }
    attachment: Attachment = Attachment.objects.create(activity=activity, **fields | values)
    return attachment


def make_packed(parts: dict[str, bytes]) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
        return file.getvalue()


def make_word() -> bytes:
    with io.BytesIO() as file:
        document = docx.Document()
        document.add_paragraph("学习笔记")
        document.save(file)
        return file.getvalue()


def make_huge_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of width × height."""

    def chunk(name: bytes, content: bytes) -> bytes:
        code = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + code

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels)


HONEST = {
    "照片.jpg": make_photo(),
    "大写.JPG": make_image(),
    "多图.jpg": make_image("MPO"),
    "印刷.jpg": make_image(mode="CMYK"),
    "渐进.jpeg": make_image(progressive=True),
    "截图.png": make_image("PNG"),
    "透明.png": make_image("PNG", mode="RGBA"),
    "调色板.png": make_image("PNG", mode="P"),
    "灰度十六位.png": make_image("PNG", mode="I;16"),
    "网页图.webp": make_image("WEBP"),
    "手机.heic": make_image("HEIF"),
    "错后缀.jpg": make_image("PNG"),
    "苹果.jpg": make_image("HEIF"),
    "扫描.tif": make_image("TIFF", mode="1", compression="group4"),
    "彩扫.tiff": make_image("TIFF", compression="tiff_lzw"),
    "多页.tif": make_image(
        "TIFF", mode="1", save_all=True, append_images=[Image.new("1", (60, 40))]
    ),
    "会议.2025.03.pdf": PDF,
    "笔记.docx": make_word(),
    "旧笔记.doc": OLD_WORD,
    "金山.wps": OLD_WORD,
    "签到.xlsx": make_packed({"xl/workbook.xml": b"<workbook/>"}),
    "公文.ofd": make_packed({"OFD.xml": b"<ofd/>"}),
}
_WORD = "word/document.xml"
HOSTILE = {
    "svg.svg": SVG,
    "svg.png": SVG,
    "html.html": HTML,
    "html.jpg": HTML,
    "html.pdf": HTML,
    "late.pdf": HTML + PDF,
    "xml.xml": b"<?xml version='1.0'?><a/>",
    "script.js": b"alert(1)",
    "gif.gif": b"GIF89a" + bytes(20),
    "gif.png": b"GIF89a" + bytes(20),
    "double.jpg.html": make_image(),
    "double.pdf.exe": PDF,
    "empty.jpg": b"",
    "empty.pdf": b"",
    "noending": make_image(),
    ".jpg": SVG,
    "magic.jpg": b"\xff\xd8\xff\xe0" + HTML,
    "magic.png": b"\x89PNG\r\n\x1a\n" + HTML,
    "magic.tif": b"II*\x00" + b"\xff" * 40,
    "magic.webp": b"RIFF\x10\x00\x00\x00WEBP" + HTML,
    "magic.heic": b"\x00\x00\x00\x18ftypheic" + HTML,
    "truncated.jpg": make_image(size=(900, 900))[:800],
    "truncated.png": make_image("PNG")[:70],
    "truncated.heic": make_image("HEIF")[:-30],
    "truncated.docx": make_word()[:-60],
    "bomb.png": make_huge_png(60_000, 60_000),
    "overflow.png": make_huge_png(2**31 - 1, 2**31 - 1),
    "zero.png": make_huge_png(0, 0),
    "zip.docx": make_packed({"a.txt": b"a"}),
    "bomb.docx": make_packed({_WORD: b"", "word/media/0": bytes(60 * 1024**2)}),
    "many.xlsx": make_packed({"xl/workbook.xml": b""} | {f"{n}": b"" for n in range(10_001)}),
    "macro.docx": make_packed({_WORD: b"", "word/vbaProject.bin": b"x"}),
    "macro.doc": OLD_WORD + "_VBA_PROJECT".encode("utf-16-le"),
    "word.docx": OLD_WORD,
    "word.doc": make_word(),
    "ole.doc": OLE,
}
# Taken, but only what is a picture in them goes on.
NEUTRALISED = {
    "polyglot.jpg": make_photo() + HTML,
    "polyglot.png": make_image("PNG") + SVG,
    "comment.jpg": make_image(comment=SCRIPT),
    "../../etc/passwd.jpg": make_image(),
    "..\\..\\windows\\system.jpg": make_image(),
    "/absolute/path.png": make_image("PNG"),
    "a\x00b\u202egnp.jpg": make_image(),
    '"><img src=x onerror=alert(1)>.jpg': make_image(),
    "line\r\nSet-Cookie: a=b.jpg": make_image(),
    "很长" * 300 + ".jpg": make_image(),
}
