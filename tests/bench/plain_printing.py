"""The other side of the PDF benchmark: the plain WeasyPrint call on the same page."""

from reports.composer.document import Document
from reports.exporters.pdf import print_css, print_html


def page_for_any_engine(document: Document) -> str:
    """The printed page as one HTML text with its stylesheet and file addresses of the fonts.

    For WeasyPrint without our set-up and for a browser (which needs
    --allow-file-access-from-files to load the fonts).
    """
    return print_html(document, css=print_css(fonts_by_url=True))


def render_naive(html: str) -> bytes:
    """What a newcomer would write: nothing kept between documents, no fence."""
    import weasyprint

    return weasyprint.HTML(string=html).write_pdf()
