"""Pictures made anew from their pixels: nothing else that the file held goes on.

No place, no camera, no comment, no second file behind the picture. What cannot be read as a
picture from the first pixel to the last is refused.
"""

import io
import threading
import warnings
from dataclasses import dataclass
from typing import Any

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, ImageSequence

from meetings.attachments.recognise import FileRefused

pillow_heif.register_heif_opener(thumbnails=False)

# An A3 sheet at 600 dpi is 70 million pixels, a phone's largest photo 108 million.
MOST_PIXELS = 120_000_000
# Still sharp on an A4 sheet (340 dots an inch), and some 2 MB as a JPEG.
LONGEST_SIDE = 4_000
THUMBNAIL_SIDE = 320
MOST_PAGES = 50
# A drawing or a scanned text stays a PNG without loss, unless it is really a photo.
LARGEST_PNG = 4 * 1024**2
# Unpacked, a picture takes up to half a gigabyte: two at a time in one process, others wait.
_UNPACKING = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it is stored, with its small version; a scan of several pages has neither
    thumbnail nor measures, for it is stored as a PDF."""

    content: bytes
    ending: str
    content_type: str
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = b""


def make_anew(content: bytes, picture: str) -> Picture:
    """The picture without anything but its pixels, upright, at most 4,000 pixels long.

    `picture` is the format found by its first bytes (`recognise`); no other decoder is tried.
    JPEG, HEIF and WebP become JPEG, PNG stays PNG, a scan in TIFF becomes either, and of several
    pages a PDF. FileRefused when it is damaged or larger than MOST_PIXELS.
    """
    with _UNPACKING:
        try:
            return _make_anew(content, picture)
        except FileRefused:
            raise
        # The decoders answer hostile bytes with whatever they stumble over: struct.error,
        # SyntaxError, IndexError, MemoryError and more. For people it is one and the same.
        except Exception as error:
            raise FileRefused(
                _("the picture is damaged. Open it, save it anew and try again")
            ) from error


def _make_anew(content: bytes, picture: str) -> Picture:
    # WeasyPrint, once imported, makes Pillow take half a picture for a whole one, process-wide.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=[picture]) as image:
        # The limit of ours is checked below, before a pixel is unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        _check_size(image)
        pages = getattr(image, "n_frames", 1) if picture == "TIFF" else 1
        if pages > 1:
            return _as_pdf(image, pages)
        if picture == "JPEG":
            # Unpacks a far too large JPEG at a half or a quarter from the start.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return _stored(_upright(image), picture)


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise FileRefused(
            _("the picture has more than %(number)d million pixels. Make it smaller first")
            % {"number": MOST_PIXELS // 1_000_000}
        )


def _upright(image: Image.Image) -> Image.Image:
    """The pixels alone: grey or RGB, turned as the camera was held, on white where it is clear."""
    image.load()
    small = ImageOps.exif_transpose(image)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if "A" in small.getbands() or "transparency" in small.info:
        clear = small.convert("RGBA")
        small = Image.new("RGBA", clear.size, "white")
        small.alpha_composite(clear)
    if small.mode.startswith("I"):  # sixteen bits of grey, of which the upper eight are seen
        small = small.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "L" if small.mode in ("1", "L", "LA") else "RGB"
    # A new canvas: profile, EXIF, comment and text of the old one stay behind.
    clean = Image.new(mode, small.size)
    clean.paste(small.convert(mode))
    return clean


def _stored(image: Image.Image, picture: str) -> Picture:
    width, height = image.size
    stored, ending, content_type = b"", "png", "image/png"
    if picture == "PNG" or (picture == "TIFF" and image.mode == "L"):
        stored = _bytes_of(image, "PNG")
    if not stored or len(stored) > LARGEST_PNG:
        stored = _bytes_of(image, "JPEG", quality=88)
        ending, content_type = "jpg", "image/jpeg"
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    small = _bytes_of(image, "JPEG", quality=75)
    return Picture(stored, ending, content_type, width, height, small)


def _as_pdf(image: Image.Image, pages: int) -> Picture:
    """A scan of several sheets in one file: no sheet may get lost."""
    if pages > MOST_PAGES:
        raise FileRefused(
            _("it has more than %(number)d pages. Save it as a PDF") % {"number": MOST_PAGES}
        )
    sheets = []
    for sheet in ImageSequence.Iterator(image):
        _check_size(sheet)
        sheets.append(_upright(sheet))
    content = _bytes_of(sheets[0], "PDF", save_all=True, append_images=sheets[1:], resolution=200.0)
    return Picture(content, "pdf", "application/pdf")


def _bytes_of(image: Image.Image, written_as: str, **options: Any) -> bytes:
    with io.BytesIO() as file:
        image.save(file, written_as, **options)
        return file.getvalue()
