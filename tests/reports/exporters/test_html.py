"""The HTML file: whole, self-contained, with marked numbers and placeholders."""

import re
from html.parser import HTMLParser

from django.template.loader import render_to_string

from reports.composer.document import Run
from reports.exporters.html import body_context, export_html
from tests.reports.exporters.documents import make_annex, make_document, make_paragraph


class _Reader(HTMLParser):
    """The text of the body, the marked elements, and all attributes that can point elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._in_head = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_head = self._in_head and tag != "body"
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not self._in_head:
            self.text += data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def exported(**fields: object) -> str:
    return export_html(make_document(**fields)).content.decode()  # type: ignore[arg-type]


def test_the_file_is_named_after_the_title() -> None:
    file = export_html(make_document(title="年度总结"))
    assert (file.filename, file.content_type) == ("年度总结.html", "text/html; charset=utf-8")


def test_all_text_of_the_document_is_in_it() -> None:
    document = make_document(recipient="中共云岭市委", annexes=(make_annex(),))
    text = "".join(read(export_html(document).content.decode()).text.split())
    for block in document.blocks:
        assert "".join(block.text.split()) in text
    for piece in (document.title, "中共云岭市委：", "2027年1月5日", document.organ, "第3党支部"):
        assert piece in text


def test_each_bound_number_is_marked_with_the_key_of_its_figure() -> None:
    html = exported()
    assert '<data class="figure" data-figure="group_study.count" value="12">12</data>' in html


def test_a_number_links_to_its_records_where_an_address_is_known() -> None:
    file = export_html(make_document(), figure_url=lambda key: f"/figures/{key}/?a=1&b=2")
    assert (
        '<a class="figure" data-figure="group_study.count" '
        'href="/figures/group_study.count/?a=1&amp;b=2">12</a>'
    ) in file.content.decode()


def test_a_number_whose_records_have_no_address_is_not_a_link() -> None:
    file = export_html(make_document(), figure_url=lambda key: "")
    assert b"<a " not in file.content


def test_placeholders_are_marked() -> None:
    html = exported(dated_on=None)
    assert '<mark class="placeholder">【待填：特色做法】</mark>' in html
    assert '<mark class="placeholder">【待填：成文日期】</mark>' in html


def test_the_file_asks_nothing_of_the_network() -> None:
    html = exported(annexes=(make_annex(),))
    for tag, attributes in read(html).elements:
        assert tag not in {"script", "link", "img", "iframe", "object", "embed", "base"}
        assert not {"src", "srcset", "href", "background", "style"} & attributes.keys()
    assert not re.search(r"url\(|@import|https?:", html)
    assert "default-src 'none'" in html


def test_markup_in_the_text_stays_text() -> None:
    text = "<script>alert(1)</script>\"'&"
    run = Run(text, figure='k"><script>')
    html = exported(
        title=text,
        organ=text,
        blocks=(make_paragraph(text, run),),
        annexes=(make_annex(title=text, header=(text,), rows=((text,),), widths=(1,)),),
    )
    reader = read(html)
    assert "script" not in {tag for tag, _ in reader.elements}
    assert reader.text.count(text) >= 5


def test_the_body_alone_fits_into_a_page_of_the_site() -> None:
    html = render_to_string(
        "reports/document/_body.html", body_context(make_document(annexes=(make_annex(),)))
    )
    assert html.strip().startswith("<article")
    assert " style=" not in html
    assert "<style" not in html
    assert "<script" not in html


def test_headings_are_headings() -> None:
    tags = [tag for tag, _ in read(exported()).elements if re.fullmatch(r"h[1-6]", tag)]
    assert tags == ["h1", "h2", "h3", "h4", "h5"]
