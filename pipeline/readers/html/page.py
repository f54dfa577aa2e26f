"""Which element of the page is the letter?"""

from email import message_from_bytes

import regex
from lxml import etree, html

from extractors.rules import compile_once
from extractors.text import fold
from pipeline.errors import Unreadable
from pipeline.readers.legacy import from_bytes

_ARCHIVE = regex.compile(rb"\s*(?:MIME-Version|From|Subject|Content-Type): ", regex.I)

_STATE_NAME = compile_once(
    r"(?i)C[ỘO]NG H[ÒO]A X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A|Đ[ẢA]NG C[ỘO]NG S[ẢA]N"
)

_LAYOUT = ("table", "tbody", "tr", "td", "p", "ul", "ol")


def page_of(data: bytes) -> bytes:
    """The page inside a web archive (MHTML: "saved as one file"); other pages as they are."""
    if _ARCHIVE.match(data) is None:
        return data
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else data
    return data


def decoded(data: bytes) -> str:
    """The text of the page: as its bytes say, else as the page declares."""
    told = regex.search(rb"(?i)charset=[\"']?([\w-]+)", data[:4096])
    guessed = from_bytes(data)
    if guessed.encoding.startswith("utf") or told is None:
        return guessed.text
    try:
        text = data.decode(told[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return guessed.text
    return guessed.text if guessed.encoding in ("tcvn3", "vni", "vps") else text


def root_of(text: str) -> html.HtmlElement:
    """The page as elements; raises Unreadable where there is none."""
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(
            "html.empty",
            "Trang HTML rỗng hoặc bị hỏng.",
            "Hãy tải lại trang hoặc tải tệp văn bản gốc.",
            "The HTML page is empty or damaged; save it again or get the original file.",
        ) from error
    return root


def letter_in(root: html.HtmlElement) -> html.HtmlElement:
    """The innermost element that holds nearly all that the letter says."""
    item = root
    while (child := _densest(item)) is not None:
        item = child
    return item


def _densest(item: html.HtmlElement) -> html.HtmlElement | None:
    """The child to look into further; None where looking further would lose words."""
    children = [child for child in item if isinstance(child.tag, str)]
    texts = [child.text_content() for child in children]
    if not children:
        return None
    best = max(range(len(children)), key=lambda at: len(texts[at]))
    whole = item.text_content()
    named = _STATE_NAME.search(fold(whole)) is not None
    if named and not _STATE_NAME.search(fold(texts[best])):
        return None
    if _is_table(children[best]) and not named:
        return None
    # a page that names the state may be mostly menus; of another little may be given up
    share = 0.6 if named else 0.9
    return children[best] if len(texts[best]) > share * len(whole) else None


def _is_table(item: html.HtmlElement) -> bool:
    """A table, or a box around one."""
    return bool(item.tag in _LAYOUT or (len(item) == 1 and _is_table(item[0])))
