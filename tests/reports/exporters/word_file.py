"""A document with one of everything, and its Word file reopened."""

import datetime as dt
import io
import zipfile

import docx
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from reports.composer.document import Annex, Block, Document, Run
from reports.exporters.docx import export_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

DOCUMENT = Document(
    title="青川市水务局2025年党建工作总结及2026年工作计划",
    recipient="市直机关工委",
    blocks=(
        Block("paragraph", (Run("现将2025年党建工作总结如下。"),)),
        Block("heading1", (Run("一、加强政治引领"),)),
        Block("heading2", (Run("（一）抓实学习"),)),
        Block(
            "paragraph",
            (
                Run("全年开展集中学习"),
                Run("24", figure="group_study.count"),
                Run("次，"),
                Run("【待填：典型做法】", is_placeholder=True),
                Run("。"),
            ),
        ),
        Block("heading3", (Run("1.规范记录"),)),
        Block("heading4", (Run("（1）及时归档"),)),
        Block("paragraph", (Run("各支部按月归档。"),)),
    ),
    organ="中共青川市水务局委员会",
    dated_on=dt.date(2026, 1, 5),
    annexes=(
        Annex(
            "2025年组织生活统计表",
            ("序号", "党组织", "次数"),
            (("1", "第一党支部", "=1+1"), ("2", "第二党支部", "12")),
            (1, 4, 2),
        ),
        Annex("学习材料目录", ("材料名称",), (("《党章》",),), (1,)),
    ),
)


def reopen(document: Document = DOCUMENT) -> WordDocument:
    return docx.Document(io.BytesIO(export_docx(document).content))


def parts(document: Document = DOCUMENT) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(export_docx(document).content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def paragraph_with(word: WordDocument, text: str) -> Paragraph:
    return next(each for each in word.paragraphs if each.text == text)
