"""Somebody at the page, by mouse or by keyboard alone, whose presses are counted."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page

SIZES = {"desk": (1366, 768), "phone": (360, 740)}
MOST_TABS = 200


def make_photo(name: str, colour: str) -> dict[str, Any]:
    """A picture as a file input takes it."""
    file = io.BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


class Hand:
    """Counts a press for each click and for each stroke of a key that is no typed text.

    Counted are Tab, arrows, Space, Enter, shortcuts (a chord is one), Ctrl+V, and the click that
    puts the cursor into a field. Choosing files is one press in the system's dialog, beside the one
    that opens it. Not counted: the letters typed, and what is on the clipboard. The keyboard
    never focuses by script: it walks, or uses a shortcut that the page shows.
    """

    def __init__(self, page: Page, *, by_keyboard: bool) -> None:
        self.page, self.by_keyboard, self.presses = page, by_keyboard, 0

    def click(self, control: Locator) -> None:
        self.presses += 1
        control.click()

    def key(self, keys: str) -> None:
        self.presses += 1
        self.page.keyboard.press(keys)

    def shortcut(self, keys: str, control: Locator) -> None:
        """A shortcut, which the page has to show beside what it leads to."""
        control.wait_for(state="attached")
        self.page.wait_for_load_state("load")  # the scripts that hear the keys have run by then
        written = keys.replace("Control", "Ctrl")
        self.page.locator(f"[data-shortcut='{written}']:visible").first.wait_for()
        self.key(keys)

    def walk_to(self, control: Locator, *, by: str = "Tab") -> None:
        """Press a key until the focus is on the control."""
        control.wait_for(state="attached")
        for _ in range(MOST_TABS):
            if is_focused(control):
                return
            self.key(by)
        raise AssertionError(f"{by} never led to {control}")

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def paste(self, text: str) -> None:
        """From the clipboard, as copied out of another program."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.key("Control+v")

    def choose(self, field: Locator, keys: str, files: list[Any]) -> None:
        """Open the dialog of the system and choose in it."""
        field.wait_for(state="attached")
        with self.page.expect_file_chooser() as dialog:
            if self.by_keyboard:
                self.shortcut(keys, field)
            else:
                self.click(field)
        self.presses += 1
        dialog.value.set_files(files)


def is_focused(control: Locator) -> bool:
    return bool(control.evaluate("one => one === document.activeElement"))
