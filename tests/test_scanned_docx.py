"""Word files that hold pictures of pages instead of text."""

import io
import zipfile
from collections.abc import Iterable

import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image, ImageDraw, ImageFont
from raw_docx import docx

from pipeline.errors import MissingExtra, Unreadable
from pipeline.readers import read, scan
from schemas.paper import Line, Page


def picture(size: tuple[int, int]) -> Image.Image:
    return Image.new("L", size, 255)


def word_file(*pictures: Image.Image, text: str = "") -> bytes:
    document = Document()
    if text:
        document.add_paragraph(text)
    for image in pictures:
        data = io.BytesIO()
        image.save(data, "PNG")
        document.add_picture(data, width=Mm(150))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """A recogniser that says one line a page; the sizes of the images it is given."""
    sizes = []

    def ocr_page(image: Image.Image, number: int, width: float, height: float) -> Page:
        sizes.append(image.size)
        line = Line(text=f"đã nhận dạng trang {number}", page=number)
        return Page(number=number, width=width, height=height, blocks=(line,), origin="ocr")

    monkeypatch.setattr(scan, "ocr_page", ocr_page)
    return sizes


def texts(pages: Iterable[Page]) -> list[str]:
    return [block.text for page in pages for block in page.blocks if isinstance(block, Line)]


def test_each_picture_of_a_page_is_a_page_in_their_order(recognised: list[tuple[int, int]]) -> None:
    paper = read(word_file(picture((800, 1100)), picture((1100, 801))), "letter.docx")
    assert recognised == [(800, 1100), (1100, 801)]
    assert texts(paper.pages) == ["đã nhận dạng trang 1", "đã nhận dạng trang 2"]
    assert [(page.number, page.origin) for page in paper.pages] == [(1, "ocr"), (2, "ocr")]
    assert paper.media_type.endswith("wordprocessingml.document")


def test_a_seal_among_the_pages_is_no_page(recognised: list[tuple[int, int]]) -> None:
    read(word_file(picture((300, 300)), picture((800, 1100)), text="Trang 1"), "letter.docx")
    assert recognised == [(800, 1100)]


def test_a_letter_with_words_of_its_own_is_read_as_it_is(recognised: list[tuple[int, int]]) -> None:
    words = "Sở Y tế đề nghị các đơn vị rà soát số liệu và báo cáo trước ngày 25 tháng 6 năm 2022."
    paper = read(word_file(picture((800, 1100)), text=words), "letter.docx")
    assert texts(paper.pages) == [words]
    assert recognised == []


@pytest.mark.parametrize("pictures", [(), (picture((300, 300)),)], ids=["none", "a seal"])
def test_a_file_without_pages_is_still_refused(pictures: tuple[Image.Image, ...]) -> None:
    with pytest.raises(Unreadable, match="không chứa chữ"):
        read(word_file(*pictures), "letter.docx")


def test_a_picture_that_is_damaged_is_no_page() -> None:
    whole = word_file(picture((800, 1100)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, b"\x89PNG no picture" if name.endswith(".png") else data)
    with pytest.raises(Unreadable, match="không chứa chữ"):
        read(buffer.getvalue(), "letter.docx")


def test_a_picture_outside_the_file_is_not_followed() -> None:
    body = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        '2006/main" r:link="rId9" r:embed="rId9"/></w:drawing></w:r></w:p>'
    )
    with pytest.raises(Unreadable, match="không chứa chữ"):
        read(docx(body), "letter.docx")


def test_without_a_recogniser_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra):
        read(word_file(picture((800, 1100))), "letter.docx")


def test_a_scanned_letter_in_a_word_file_is_recognised() -> None:
    pytest.importorskip("cv2", reason="the extra `ocr` is not installed")
    pytest.importorskip("trueocr", reason="the extra `ocr` is not installed")
    page = picture((1240, 1754))
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=34)
    for number in range(6):
        draw.text((150, 200 + 60 * number), f"Ban ghi so {number} nam 2022 trong ho so", 0, font)
    paper = read(word_file(page), "letter.docx")
    assert "2022" in " ".join(texts(paper.pages))
    assert paper.pages[0].origin == "ocr"
