"""Measures, styles and settings of the Word file (GB/T 9704-2012), as WordprocessingML.

The whole style sheet is written here instead of bending the one python-docx brings: a clerk
who opens the style list of the file finds the kinds of text of an official document and
nothing else. No Django here.
"""

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

# 1 twip is 1/20 pt. A4 with margins of 37, 28, 26 and 35 mm leaves 156 × 225 mm.
TWIPS_PER_MM = 1440 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM = 2098, 1587, 1474, 1984
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
# The text block is 12756 twips high, 22 lines of 579.8: rounded down, so that the 22nd fits.
LINE_PITCH = 579
# 28 characters of 16 pt are wider than 156 mm, so each gives up a quarter of a point and justified
# lines take the remainder back. A character grid (linesAndChars) would say the same in Word, but
# LibreOffice gives every character two cells of a grid narrower than its type.
CHARACTER_SPACE = -5
CHARACTER_ADVANCE = 16 * 20 + CHARACTER_SPACE
# What Word makes of one character of an indent: the size of the type, without its spacing.
INDENT_WIDTH = 16 * 20
# The dash beside the page number lies 7 mm under the text block, 28 mm above the paper's edge;
# it is drawn 2.8 mm above the foot of its line (14 pt, exactly), which Word measures from.
FOOTER_DISTANCE = round((28 - 2.8) * TWIPS_PER_MM)
FOOTER_INDENT_WIDTH = 14 * 20

FANG, KAI, HEI = "仿宋_GB2312", "楷体_GB2312", "黑体"
SONG, TITLE_SONG = "宋体", "方正小标宋简体"
# The commercial faces are not on every computer; Word then takes the second name.
_FONT_SUBSTITUTES = {FANG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun", TITLE_SONG: "宋体"}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style. `before`, `after` and `line` are twips, `points` the size of type.

    `name` is Word's own name where there is one, so that Word shows it in the reader's language.
    """

    identifier: str
    name: str
    font: str = FANG
    points: int = 16
    is_indented: bool = False
    alignment: str = "both"
    before: int = 0
    after: int = 0
    line: int = LINE_PITCH
    outline_level: int | None = None
    is_on_grid: bool = True
    keeps_with_next: bool = False
    starts_page: bool = False
    following: str = "BodyText"

    def as_xml(self) -> str:
        """The `w:style` element; children stand in the order that the schema asks for."""
        paragraph = "".join(
            (
                "<w:keepNext/>" if self.keeps_with_next else "",
                "<w:pageBreakBefore/>" if self.starts_page else "",
                "" if self.is_on_grid else '<w:snapToGrid w:val="0"/>',
                f'<w:spacing w:before="{self.before}" w:after="{self.after}"'
                f' w:line="{self.line}" w:lineRule="exact"/>',
                f'<w:ind w:firstLineChars="200" w:firstLine="{2 * INDENT_WIDTH}"/>'
                if self.is_indented
                else "",
                f'<w:jc w:val="{self.alignment}"/>',
                ""
                if self.outline_level is None
                else f'<w:outlineLvl w:val="{self.outline_level}"/>',
            )
        )
        custom = "" if self.name.isascii() else ' w:customStyle="1"'
        run = _type(self.font, self.points, spacing=CHARACTER_SPACE if self.is_on_grid else 0)
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.identifier}"{custom}>'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/>'
            f'<w:next w:val="{self.following}"/><w:qFormat/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )


PARAGRAPH_STYLES = (
    ParagraphStyle(
        "Title",
        "Title",
        font=TITLE_SONG,
        points=22,
        alignment="center",
        after=LINE_PITCH,
        is_on_grid=False,
        keeps_with_next=True,
    ),
    ParagraphStyle("Salutation", "Salutation"),
    ParagraphStyle("BodyText", "Body Text", is_indented=True),
    *(
        ParagraphStyle(
            f"Heading{level}",
            f"heading {level}",
            font=font,
            is_indented=True,
            outline_level=level - 1,
            keeps_with_next=True,
        )
        for level, font in ((1, HEI), (2, KAI), (3, FANG), (4, FANG))
    ),
    ParagraphStyle("AttachmentNote", "附件说明", alignment="left"),
    ParagraphStyle(
        "Signature",
        "Signature",
        alignment="right",
        before=LINE_PITCH,
        keeps_with_next=True,
        following="Date",
    ),
    ParagraphStyle("Date", "Date", alignment="left"),
    ParagraphStyle(
        "AnnexLabel",
        "附件序号",
        font=HEI,
        starts_page=True,
        keeps_with_next=True,
        outline_level=0,
        following="AnnexTitle",
    ),
    ParagraphStyle(
        "AnnexTitle",
        "附件标题",
        font=TITLE_SONG,
        points=22,
        alignment="center",
        before=LINE_PITCH,
        after=LINE_PITCH,
        is_on_grid=False,
        keeps_with_next=True,
    ),
    ParagraphStyle(
        "TableHeading",
        "表格标题",
        font=HEI,
        points=12,
        alignment="center",
        line=360,
        is_on_grid=False,
        following="TableText",
    ),
    ParagraphStyle(
        "TableText",
        "表格文字",
        font=SONG,
        points=12,
        alignment="center",
        line=360,
        is_on_grid=False,
        following="TableText",
    ),
    # Word asks for a paragraph behind a table; a full-size one could take a page of its own.
    ParagraphStyle("AnnexEnd", "附件末行", points=1, line=20, is_on_grid=False),
    ParagraphStyle(
        "Footer",
        "footer",
        font=SONG,
        points=14,
        line=280,
        alignment="right",
        is_on_grid=False,
        following="Footer",
    ),
)


def styles_xml() -> str:
    """The whole `w:styles` part.

    overflowPunct is stated although it is Word's default: where it is not, LibreOffice does not
    draw the mark that hangs behind a justified line. Spaces between Chinese characters and
    digits are off, for they would take the text off its 28 characters. The language of digits
    and Latin letters is not Chinese: numbers would be broken over two lines like characters.
    """
    return f"""<w:styles {nsdecls("w")}>
<w:docDefaults><w:rPrDefault><w:rPr>{_type(FANG, 16, spacing=0)}
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/>
<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>
<w:spacing w:before="0" w:after="0" w:line="{LINE_PITCH}" w:lineRule="exact"/>
<w:jc w:val="both"/></w:pPr><w:rPr>{_type(FANG, 16, spacing=CHARACTER_SPACE)}</w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_borders()}</w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
{"".join(style.as_xml() for style in PARAGRAPH_STYLES)}
</w:styles>"""


def settings_xml() -> str:
    """The whole `w:settings` part: odd and even footers, and Word's habits for Chinese text.

    Without doNotExpandShiftReturn a line that ends in a line break would be stretched to the
    right margin; mode 15 keeps Word from opening the file as one of an old version.
    """
    return f"""<w:settings {nsdecls("w")}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="{2 * INDENT_WIDTH}"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>
<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
 w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""


def font_table_xml() -> str:
    """The whole `w:fonts` part: what stands in for a face that a computer does not have."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{substitute}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, substitute in _FONT_SUBSTITUTES.items()
    )
    return f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"


def _type(font: str, points: int, *, spacing: int) -> str:
    """Face and size. Digits and Latin letters take the Chinese face too, as the standard has it."""
    return (
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:spacing w:val="{spacing}"/>'
        f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'
    )


def _borders() -> str:
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
