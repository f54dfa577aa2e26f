"""How does a run begin fast? What follows from the rules is kept in the user's cache folder.

Compiling the patterns takes about as long as reading twenty letters. Like Python's own bytecode,
what is kept belongs to one version of the code (and of `regex`) and may be taken away at any
time; where there is no such folder, or we may not write to it, each run works it out again.
"""

import gc
import os
import pickle
import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import regex

from extractors.kept import KEPT
from pipeline.ledger import extractor_version
from pipeline.writers import save, sweep

_PREFIX = "patterns."
GARBAGE = 50_000
"""New objects between two looks for garbage: a letter makes many, and drops them at its end."""
_DIGEST = 32
"""Bytes ahead of the kept answers that tell whether they are whole; a damaged file is replaced."""
_CLOSED = (OSError, RuntimeError)
"""No home, or one that we may not read or write."""
_LETTER = """\
ỦY BAN NHÂN DÂN
TỈNH KON TUM
-------
Số: 12/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Kon Tum, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Triển khai công tác cải cách hành chính năm 2024

Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ; khoản 2 Điều 8 Luật Tổ chức \
chính quyền địa phương. Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
Nâng cao chất lượng phục vụ người dân.

II. NHIỆM VỤ
1. Tổ chức tuyên truyền, hướng dẫn người dân nộp hồ sơ trực tuyến.
- Cơ quan chủ trì: Sở Nội vụ.
- Cơ quan phối hợp: Ủy ban nhân dân các huyện, thành phố.
- Thời gian hoàn thành: Trước ngày 30/6/2024, định kỳ hằng quý.

III. TỔ CHỨC THỰC HIỆN
1. Giám đốc Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành bố trí kinh phí trong quý I/2024.
2. Giao Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc, báo cáo kết quả trước ngày 15/12/2024.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn An
"""


@cache
def warm_up() -> None:
    """Load what reads letters and have it read one, so that workers forked later are ready."""
    take_out()
    from pipeline.parse import parse_bytes

    parse_bytes(_LETTER.encode(), "letter.txt")
    keep()
    gc.freeze()  # what is loaded stays: nobody looks through it, nor copies its pages to do so
    gc.set_threshold(GARBAGE)


def take_out() -> None:
    """Take what earlier runs worked out."""
    with suppress(*_CLOSED):
        held = _path().read_bytes()
        if sha256(held[_DIGEST:]).digest() == held[:_DIGEST]:
            KEPT.update(pickle.loads(held[_DIGEST:]))
            _sizes.add(len(KEPT))


def keep() -> None:
    """Keep what was worked out so far, where some of it is new."""
    if len(KEPT) in _sizes:
        return
    with suppress(*_CLOSED):
        answers = pickle.dumps(KEPT)
        save(_path(), sha256(answers).digest() + answers)
        sweep(_path().parent)
        for old in _older():
            old.unlink()
    _sizes.add(len(KEPT))


_sizes: set[int] = set()
"""How many answers the file held when it was read or written."""


@cache
def _path() -> Path:
    """One file a version of congvan, Python and regex."""
    names = (extractor_version(), sys.implementation.cache_tag, platform.machine())
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(caches) / "congvan"
    return folder / f"{_PREFIX}{'-'.join(map(str, names))}-{regex.__version__}.pickle"


def _older() -> Iterator[Path]:
    """The files of other versions."""
    return (path for path in _path().parent.glob(f"{_PREFIX}*") if path != _path())
