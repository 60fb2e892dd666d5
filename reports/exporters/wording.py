"""The fixed words around the text of a document, the same in every format (GB/T 9704)."""

from reports.composer.document import Document

OPEN_DATE = "【待填：成文日期】"


def date_line(document: Document) -> str:
    """成文日期 in Arabic numerals without padding zeros; a placeholder while it is open."""
    day = document.dated_on
    return f"{day.year}年{day.month}月{day.day}日" if day else OPEN_DATE


def recipient_line(document: Document) -> str:
    """主送机关 with its full-width colon; "" without a recipient."""
    return f"{document.recipient.rstrip('：:')}：" if document.recipient else ""


def annex_label(document: Document, index: int) -> str:
    """附件 on its own page: numbered only where there are several."""
    return "附件" if len(document.annexes) == 1 else f"附件{index + 1}"


def attachment_notes(document: Document) -> list[tuple[str, str]]:
    """附件说明 below the text: (number, name) of each annex, "" for the number of a single one.

    The names carry no mark at their end.
    """
    if len(document.annexes) == 1:
        return [("", document.annexes[0].title)]
    return [(f"{number}.", annex.title) for number, annex in enumerate(document.annexes, 1)]
