"""The fence in front of every form: a request larger than any honest one is not even stored."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class RequestSizeFence(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: answers 400 before a byte of an endless upload is kept.

    Each file is measured where it is attached; without this one Django would first write all of
    the request to the disk. It works by the length that the request announces, beyond which no
    server reads.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > settings.LARGEST_UPLOAD_REQUEST:
            raise RequestDataTooBig("The files of one request are too large together.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
