"""From figures to the bytes of a PDF, warm and cold."""

import statistics
import sys
from pathlib import Path

from django.conf import settings

from branches.models import Organization
from reports.composer import Document
from reports.documents import compose_unsaved, document_of
from reports.exporters.pdf import export_pdf
from reports.models import AnnualReport
from tests.bench.plain_printing import page_for_any_engine, render_naive
from tests.bench.rounds import medians, own_megabytes, process, row

CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--no-pdf-header-footer",
    "--print-to-pdf=/dev/null",
)
# Run with the source of the page and the folder of the fonts.
TYPST = "import sys, typst; typst.compile(sys.argv[1], font_paths=[sys.argv[2]])"


def run(folder: Path) -> None:
    bureau = Organization.objects.get(code="YC")
    report = AnnualReport.objects.get(organization=bureau, year=2025)
    document = document_of(report)
    page = page_for_any_engine(document)
    (folder / "page.html").write_text(page)
    (folder / "page.typ").write_text(_typst(document))

    def from_figures() -> bytes:
        return export_pdf(compose_unsaved(bureau, year=2025), use_cache=False).content

    from_figures(), render_naive(page)  # the first of each pays for imports and fonts
    warm = medians({"ours": from_figures, "naive": lambda: render_naive(page)}, rounds=9)
    row(
        "Warm annual report, figures to bytes",
        warm["ours"] / warm["naive"],
        1.0,
        other=f"naive WeasyPrint on the same HTML, {warm['naive']:.2f} s",
    )
    profile, address = f"--user-data-dir={folder}/chromium", (folder / "page.html").as_uri()
    chromium = _cold([*CHROMIUM, profile, address])
    row("the same", warm["ours"] / chromium, 0.35, other=f"cold Chromium, {chromium:.2f} s")
    fonts = str(settings.BASE_DIR / "static" / "fonts")
    typst = _cold([sys.executable, "-c", TYPST, str(folder / "page.typ"), fonts])
    row("the same", warm["ours"] / typst, 1.0, other=f"cold Typst with our fonts, {typst:.2f} s")

    export_pdf(document)
    again = medians({"again": lambda: export_pdf(document)}, rounds=21)["again"]
    row("The same document again, from the cache", again, 0.05, unit="s")

    for _ in range(10):
        from_figures()
    after_ten = own_megabytes()
    for _ in range(90):
        from_figures()
    row(
        "Memory after 100 documents in one worker",
        own_megabytes() / after_ten,
        1.1,
        other=f"the same after 10, {after_ten:.0f} MB",
    )
    _cold_processes(folder)


def _cold_processes(folder: Path) -> None:
    """`export_report` as a process of its own, beside a newcomer's script on the same HTML."""
    output = folder / "report.pdf"
    command = [sys.executable, "manage.py", "export_report", "--organization", "YC"]
    command += ["--year", "2025", "--format", "pdf", "--output", str(output)]
    script = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
    naive_output = folder / "naive.pdf"
    naive = [sys.executable, "-c", script, str(folder / "page.html"), str(naive_output)]
    ours_runs, naive_runs = [], []
    for _ in range(5):
        for stored in (folder / "generated").glob("*.pdf"):
            stored.unlink()
        ours_runs.append(process(command))
        naive_runs.append(process(naive))
    ours, plain = (
        [statistics.median(column) for column in zip(*runs, strict=True)]
        for runs in (ours_runs, naive_runs)
    )
    print(
        f"Cold export_report --format pdf: {ours[0]:.2f} s, {ours[1]:.0f} MB, "
        f"{output.stat().st_size} bytes; naive WeasyPrint process on the same HTML: "
        f"{plain[0]:.2f} s, {plain[1]:.0f} MB, {naive_output.stat().st_size} bytes; "
        f"ratio {ours[0] / plain[0]:.2f} × of the time, {ours[1] / plain[1]:.2f} × of the memory"
    )


def _cold(command: list[str]) -> float:
    return statistics.median(process(command)[0] for _ in range(5))


def _typst(document: Document) -> str:
    """The same words for Typst: page, pitch and faces as in the standard, nothing clever."""
    lines = [
        '#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm))',
        '#set text(font: "Recordbook Fang", size: 16pt, lang: "zh")',
        "#set par(first-line-indent: 2em, leading: 13pt, justify: true)",
        f'#align(center, text(font: "Recordbook Title", size: 22pt, {_quoted(document.title)}))',
    ]
    lines += [f"#par({_quoted(block.text)})" for block in document.blocks]
    return "\n\n".join([*lines, f"#align(right, {_quoted(document.organ)})"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
