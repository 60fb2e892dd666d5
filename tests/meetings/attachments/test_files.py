"""What is let in, and what remains of it: honest files, hostile ones, and those made harmless."""

import io

import pytest
from django.utils import translation
from PIL import Image

from meetings.attachments import images
from meetings.attachments.images import Picture, make_anew
from meetings.attachments.recognise import FileRefused, recognise
from meetings.services.attach import plain_name
from tests.meetings.attachments.files import (
    HONEST,
    HOSTILE,
    NEUTRALISED,
    PDF,
    SCRIPT,
    make_image,
    make_photo,
)


def take(name: str, content: bytes) -> Picture:
    name = plain_name(name)
    found = recognise(name, content)
    if found.picture:
        return make_anew(content, found.picture)
    return Picture(content, found.ending, found.content_type)


@pytest.mark.parametrize("name", HONEST)
def test_no_honest_file_is_refused(name: str) -> None:
    taken = take(name, HONEST[name])
    if taken.content_type.startswith("image/"):
        with Image.open(io.BytesIO(taken.content)) as image:
            image.load()
            assert image.size == (taken.width, taken.height)
            assert image.mode in ("L", "RGB")
    elif not name.endswith(".tif"):
        assert taken.content == HONEST[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_file_is_taken(name: str) -> None:
    with pytest.raises(FileRefused):
        take(name, HOSTILE[name])


@pytest.mark.parametrize("name", NEUTRALISED)
def test_only_the_pixels_of_a_picture_go_on(name: str) -> None:
    taken = take(name, NEUTRALISED[name])
    for stored in (taken.content, taken.thumbnail):
        assert SCRIPT not in stored
        assert b"<svg" not in stored


def test_a_photo_loses_place_camera_and_comment_and_stands_upright() -> None:
    photo = make_photo(orientation=6)
    assert b"SecretCamera" in photo and b"SecretComment" in photo
    taken = make_anew(photo, "JPEG")
    assert (taken.width, taken.height) == (40, 60)
    for stored in (taken.content, taken.thumbnail):
        assert b"Secret" not in stored
        with Image.open(io.BytesIO(stored)) as image:
            assert not image.getexif() and "comment" not in image.info
            # Turned to the right: what was the left half is on top.
            assert image.convert("L").getpixel((20, 5)) < 30
            assert image.convert("L").getpixel((20, 55)) > 225


def test_clear_parts_of_a_picture_become_white() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    with io.BytesIO() as file:
        clear.save(file, "PNG")
        taken = make_anew(file.getvalue(), "PNG")
    with Image.open(io.BytesIO(taken.content)) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_dark_and_light() -> None:
    grey = Image.new("I;16", (10, 10), 65_000)
    with io.BytesIO() as file:
        grey.save(file, "PNG")
        taken = make_anew(file.getvalue(), "PNG")
    with Image.open(io.BytesIO(taken.content)) as image:
        assert image.convert("L").getpixel((5, 5)) > 250


def test_a_scan_of_several_pages_loses_none() -> None:
    taken = make_anew(HONEST["多页.tif"], "TIFF")
    assert taken.content_type == "application/pdf"
    assert taken.content.count(b"/Type /Page\n") == 2


@pytest.mark.parametrize(("longest", "stored"), [(4_000, 4_000), (4_001, 4_000), (9_000, 4_000)])
def test_a_picture_is_at_most_four_thousand_pixels_long(longest: int, stored: int) -> None:
    taken = make_anew(make_image("PNG", size=(longest, 20)), "PNG")
    assert taken.width == stored


def test_the_limit_of_pixels_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 2_400)
    assert make_anew(make_image(size=(60, 40)), "JPEG").width == 60
    with pytest.raises(FileRefused):
        make_anew(make_image(size=(61, 40)), "JPEG")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../a.pdf", "a.pdf"),
        ("C:\\Users\\甲\\笔记.docx", "笔记.docx"),
        (" a \u202e\x00 b .pdf", "a b .pdf"),
        ("", "without a name"),
        ("/", "without a name"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_is_one_plain_line_without_a_path(sent: str, kept: str) -> None:
    with translation.override("en"):
        assert plain_name(sent) == kept


def test_an_ending_is_read_without_regard_to_case() -> None:
    assert recognise("A.PDF", PDF).content_type == "application/pdf"
