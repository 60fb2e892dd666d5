#!/usr/bin/env python3
"""Build the five faces in static/fonts from the fonts that Debian carries.

    python scripts/build_fonts.py [--sources FOLDER] [--output FOLDER]

Needs fonttools (with its compiled cu2qu; it comes with WeasyPrint) and, unless --sources
names a folder that already holds the four .deb files, `apt-get` of Debian 12; `dpkg-deb`
in either case. Nothing is installed. Takes about a minute; the same sources give the same
bytes. docs/fonts.md says why each step is done.
"""

import argparse
import bz2
import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

PACKAGES = ("texlive-lang-chinese", "fonts-noto-cjk", "fonts-noto-cjk-extra", "unicode-data")
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_LICENCE = "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
NOTO = "usr/share/fonts/opentype/noto"
NOTO_LICENCE = "usr/share/doc/fonts-noto-cjk/copyright"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

UNITS_PER_EM = 1000
# One set of vertical metrics for all faces: a borrowed glyph then never makes a line higher,
# and a page keeps its 22 lines.
ASCENT, DESCENT = 880, -120
# Largest departure from the cubic outline, in units: 0.016 pt at 16 pt.
OUTLINE_ERROR = 1.0
EM_DASH = 0x2014
DASH_OVERLAP = 20
SC = 2  # index of the simplified Chinese face in Noto's collections


@dataclass(frozen=True)
class Face:
    """One face to build: where it comes from and what it is called here."""

    family: str
    package: str
    path: str
    licence: str
    weight: int = 400
    number: int = -1


TEXLIVE, NOTO_CJK, NOTO_EXTRA, UNICODE = PACKAGES
GPL, OFL = "GPL-3.0-or-later with font exception", "OFL-1.1"
# fmt: off
FACES = (
    Face("Recordbook Fang", TEXLIVE, f"{FANDOL}/FandolFang-Regular.otf", GPL),
    Face("Recordbook Kai", TEXLIVE, f"{FANDOL}/FandolKai-Regular.otf", GPL),
    Face("Recordbook Hei", NOTO_EXTRA, f"{NOTO}/NotoSansCJK-Medium.ttc", OFL, 500, SC),
    Face("Recordbook Title", NOTO_CJK, f"{NOTO}/NotoSerifCJK-Bold.ttc", OFL, 700, SC),
    Face("Recordbook Song", NOTO_CJK, f"{NOTO}/NotoSerifCJK-Regular.ttc", OFL, 400, SC),
)
# fmt: on

# Beyond GB 2312 and Latin-1: punctuation, numerals, units and marks met in office documents.
SYMBOL_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2010, 0x2027),
    (0x2030, 0x203B),
    (0x2074, 0x2089),
    (0x2160, 0x216B),
    (0x2170, 0x2179),
    (0x2190, 0x2193),
    (0x2460, 0x249B),
    (0x25A0, 0x25EF),
    (0x2605, 0x2606),
    (0x2610, 0x2613),
    (0x2713, 0x2718),
    (0x3000, 0x301F),
    (0x3220, 0x3229),
    (0x338E, 0x33D5),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)
SYMBOLS = "€№℃℉™∈∏∑√∝∞∠∥∧∨∩∪∫∮∴∵∶∷≈≌≠≡≤≥⊙⊥⌒♀♂・￥"


def gb2312() -> set[int]:
    """All characters of GB 2312: 6,763 hanzi and the symbol rows."""
    rows = range(0xA1, 0xF8)
    found: set[int] = set()
    for row in rows:
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def general_standard(unihan: Path) -> set[int]:
    """The 8,105 characters of 通用规范汉字表, from Unihan's field kTGH."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        found = {
            int(line.split("\t")[0][2:], 16)
            for line in lines
            if line.startswith("U+") and line.split("\t")[1] == "kTGH"
        }
    if len(found) != 8105:
        raise SystemExit(f"expected 8,105 characters in {unihan}, found {len(found):,}")
    return found


def wanted_characters(unihan: Path) -> set[int]:
    symbols = {code for first, last in SYMBOL_RANGES for code in range(first, last + 1)}
    return gb2312() | general_standard(unihan) | symbols | {ord(character) for character in SYMBOLS}


def half_width_digits(source: TTFont, cmap: dict[int, str]) -> dict[int, str]:
    """ASCII digits of exactly half an em, where the source offers them (feature hwid)."""
    if "GSUB" not in source:
        return {}
    gsub = source["GSUB"].table
    swaps: dict[str, str] = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "hwid":
            for index in record.Feature.LookupListIndex:
                for subtable in gsub.LookupList.Lookup[index].SubTable:
                    swaps |= getattr(subtable, "ExtSubTable", subtable).mapping
    return {code: swaps[cmap[code]] for code in range(0x30, 0x3A) if cmap[code] in swaps}


def chosen_glyphs(source: TTFont, wanted: set[int]) -> dict[int, str]:
    """Code point → glyph of the source, for all it can draw of what is wanted."""
    cmap = source.getBestCmap()
    chosen = {code: cmap[code] for code in sorted(wanted) if code in cmap}
    chosen |= half_width_digits(source, cmap)
    # Noto's own U+2014 is narrower than an em; a page number's 一字线 is one em.
    if source["hmtx"][cmap[EM_DASH]][0] != UNITS_PER_EM:
        chosen[EM_DASH] = cmap[0x2015]
    return chosen


def draw(name: str, outlines: Mapping[str, Any], is_em_dash: bool) -> Any:
    """The TrueType outline of one glyph."""
    pen = TTGlyphPen(None)
    quadratic = Cu2QuPen(pen, OUTLINE_ERROR, reverse_direction=True)
    if is_em_dash:
        # 破折号 is two of them without a gap, which Noto does by a ligature and a slightly
        # spaced line would tear: stretch the stroke over both edges of its em.
        bounds = BoundsPen(outlines)
        outlines[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        stretch = (UNITS_PER_EM + 2 * DASH_OVERLAP) / (right - left)
        shift = -DASH_OVERLAP - left * stretch
        outlines[name].draw(TransformPen(quadratic, (stretch, 0, 0, 1, shift, 0)))
    else:
        outlines[name].draw(quadratic)
    return pen.glyph()


def build(face: Face, file: Path, wanted: set[int], target: Path) -> dict[str, object]:
    """Write one TrueType face; return what `glyphs.py` needs to know about it."""
    source = TTFont(file, fontNumber=face.number)
    if source["head"].unitsPerEm != UNITS_PER_EM:
        raise SystemExit(f"{file}: {UNITS_PER_EM} units per em expected")
    chosen = chosen_glyphs(source, wanted)
    outlines = source.getGlyphSet()
    order = [".notdef", *dict.fromkeys(chosen.values())]
    glyphs, metrics = {}, {}
    for name in order:
        glyphs[name] = draw(name, outlines, is_em_dash=name == chosen[EM_DASH])
        metrics[name] = (source["hmtx"][name][0], 0)

    builder = FontBuilder(UNITS_PER_EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(chosen)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {name: (width, getattr(table[name], "xMin", 0)) for name, (width, _) in metrics.items()}
    )
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT, lineGap=0)
    postscript_name = face.family.replace(" ", "") + "-Regular"
    builder.setupNameTable(
        {
            "copyright": source["name"].getDebugName(0),
            "familyName": face.family,
            "styleName": "Regular",
            "uniqueFontIdentifier": postscript_name,
            "fullName": face.family,
            "psName": postscript_name,
            "version": "Version 1.000",
            "description": f"Changed from {source['name'].getDebugName(4)}: see CHANGES.txt",
            "licenseDescription": face.licence,
        },
        mac=False,
    )
    builder.setupOS2(
        version=4,
        sTypoAscender=ASCENT,
        sTypoDescender=DESCENT,
        sTypoLineGap=0,
        usWinAscent=ASCENT,
        usWinDescent=-DESCENT,
        usWeightClass=face.weight,
        fsType=0,
        fsSelection=0x40 | 0x80,  # regular; use the typographic metrics
        sxHeight=500,
        sCapHeight=700,
        achVendID="RCBK",
    )
    builder.setupPost(keepGlyphNames=False, underlinePosition=-100, underlineThickness=50)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(target)
    widths = {code: source["hmtx"][name][0] for code, name in chosen.items()}
    return {
        "family": face.family,
        "characters": "".join(map(chr, sorted(chosen))),
        "widths": {chr(code): width for code, width in widths.items() if width != UNITS_PER_EM},
    }


def unpack_sources(folder: Path, unpacked: Path) -> dict[str, str]:
    """Download what is not in `folder` yet, unpack it, and return file name → SHA-256."""
    checksums = {}
    for package in PACKAGES:
        if not list(folder.glob(f"{package}_*.deb")):
            subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, unpacked / package], check=True)
        checksums[archive.name.replace("%3a", ":")] = hashlib.sha256(
            archive.read_bytes()
        ).hexdigest()
    return checksums


def write_licences(unpacked: Path, output: Path) -> None:
    copying = gzip.decompress((unpacked / TEXLIVE / FANDOL_LICENCE).read_bytes())
    (output / "COPYING-Fandol.txt").write_bytes(copying.rstrip() + b"\n")
    text = (unpacked / NOTO_CJK / NOTO_LICENCE).read_text(encoding="utf-8")
    licence = text.split("License: SIL-1.1\n", 2)[2].split("\nLicense:")[0]
    lines = ["" if line.strip() == "." else line.strip() for line in licence.splitlines()]
    head = "Copyright 2014-2022 Adobe (http://www.adobe.com/); distributed as Noto CJK by Google.\n"
    (output / "OFL-Noto.txt").write_text(f"{head}\n{'\n'.join(lines).strip()}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=Path, help="folder with the .deb files")
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "static/fonts")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        unpacked = Path(scratch)
        checksums = unpack_sources(options.sources or unpacked, unpacked)
        wanted = wanted_characters(unpacked / UNICODE / UNIHAN)
        coverage = {}
        for face in FACES:
            target = options.output / (face.family.replace(" ", "") + ".ttf")
            coverage[target.stem] = build(face, unpacked / face.package / face.path, wanted, target)
            print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
        (options.output / "coverage.json").write_text(
            json.dumps(coverage, ensure_ascii=False, separators=(",", ":")) + "\n",
            encoding="utf-8",
        )
        write_licences(unpacked, options.output)
        for name, checksum in checksums.items():
            print(f"{checksum}  {name}")


if __name__ == "__main__":
    main()
