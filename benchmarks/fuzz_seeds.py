"""Which sound letters are damaged? The samples, the tests' files, and other formats of them."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

ROOT = Path(__file__).parent.parent
LONGEST = 1_500_000
"""Bytes; a longer file makes each damage slow and says nothing more."""


def letters(paths: Sequence[Path], scratch: Path) -> list[Path]:
    """Files to damage, in an order that does not change; what is made lies in `scratch`."""
    if paths:
        return sorted(file for path in paths for file in files_of(path))
    found = [*files_of(ROOT / "samples"), *files_of(ROOT / "tests" / "files")]
    return sorted(found) + made(scratch)


def files_of(path: Path) -> list[Path]:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return [file for file in files if file.suffix in KINDS and 0 < file.stat().st_size < LONGEST]


IMAGES = ("png", "jpg", "tif", "bmp", "gif", "webp")
TYPED = ("pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "html", "md", "txt")
KINDS = frozenset(f".{kind}" for kind in (*TYPED, *IMAGES, "tiff"))


def made(scratch: Path) -> list[Path]:
    """The samples in formats that do not lie there."""
    scratch.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "samples/tune/kon-tum-2021/letter.txt").read_text(encoding="utf-8")
    made = [page_of(text, scratch), marked_down(text, scratch), sheet(scratch)]
    made += written(ROOT / "samples/tune/ke-hoach-an-giang-2022/letter.docx", scratch)
    return made + scans(ROOT / "samples/held/thong-bao-lao-cai-2024/letter.pdf", scratch)


def page_of(text: str, scratch: Path) -> Path:
    path = scratch / "letter.html"
    lines = "".join(f"<p style='margin:0'><b>{line}</b></p>\n" for line in text.split("\n"))
    table = (
        "<table border=1><tr><th colspan=2>Nội dung<th>Chủ trì<tr><td rowspan=2>1<td>Rà soát"
        "<td>Sở Y tế<tr><td>Báo cáo<td>nt</table>"
    )
    path.write_text(f"<html><meta charset=utf-8><body>{lines}{table}</body></html>", "utf-8")
    return path


def marked_down(text: str, scratch: Path) -> Path:
    path = scratch / "letter.md"
    table = (
        "\n\n| STT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Rà soát[^1] | Sở Y tế |\n\n"
        "[^1]: Theo đề án.\n"
    )
    path.write_text(text.replace("\n", "\n\n") + table, "utf-8")
    return path


def sheet(scratch: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["PHỤ LỤC"])
    page.append(["STT", "Nội dung", "Chủ trì", "Thời gian"])
    for number in range(1, 20):
        page.append([number, f"Rà soát nhiệm vụ {number}", "Sở Y tế", "Quý IV/2021"])
    page.merge_cells("A1:D1")
    path = scratch / "annex.xlsx"
    book.save(path)
    return path


def written(docx: Path, scratch: Path) -> list[Path]:
    """The DOCX as ODT, DOC and RTF, where LibreOffice is installed; converted once."""
    wanted = [scratch / f"letter.{kind}" for kind in ("odt", "doc", "rtf")]
    if not shutil.which("soffice"):
        return []
    for path in wanted:
        if not path.exists():
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{scratch.resolve()}/profile",
                 "--headless", "--convert-to", path.suffix[1:], "--outdir", str(scratch),
                 str(docx)],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
    return wanted


def scans(pdf: Path, scratch: Path) -> list[Path]:
    """The first page as small images, and as a PDF of one image."""
    page = pdfium.PdfDocument(pdf)[0]
    image = page.render(scale=1.2, grayscale=True).to_pil()
    image = image.crop((0, 0, image.width, image.height // 3))
    paths = [scratch / f"scan.{kind}" for kind in IMAGES]
    for path in paths:
        image.save(path)
    buffer = io.BytesIO()
    image.save(buffer, "PDF")
    (scratch / "scan.pdf").write_bytes(buffer.getvalue())
    return [*paths, scratch / "scan.pdf"]
