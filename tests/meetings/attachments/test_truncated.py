"""Half a picture is no picture, whatever else was loaded into the process."""

import io

import pytest
from PIL import Image, ImageFile

from meetings.attachments.images import make_anew
from meetings.attachments.recognise import FileRefused


def test_half_a_picture_is_refused_after_the_printer_was_loaded(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    whole = io.BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(whole, "JPEG")
    with pytest.raises(FileRefused):
        make_anew(whole.getvalue()[: whole.tell() // 2], "JPEG")
