"""How fast are citations read, beside the plainest scan there is?

    python benchmarks/references.py [letter.txt …]

Prints characters a second (best of several rounds, one core, CPU time) for find_references and
for one regular expression that only marks things that look like numbers: no dates, issuers,
titles, provisions, roles or documents. Without files a letter of usual density is made up.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import regex

from extractors.catalogue import catalogue
from extractors.layout import plain
from extractors.references import find_references

SCAN = regex.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w&]*(?:-[A-ZĐ][\w&]*)*|\d+-[A-ZĐ][\w]*/[A-ZĐ]\w*")
PARAGRAPH = (
    "Thực hiện Nghị quyết số {n}/NQ-CP ngày 03 tháng 3 năm 2021 của Chính phủ về chương trình hành"
    " động, Sở Nội vụ chủ trì, phối hợp với các đơn vị, địa phương có liên quan tham mưu triển"
    " khai thực hiện theo quy định tại khoản 2 Điều {n} Luật Bình đẳng giới."
)
PROSE = (
    "Tổ chức kiểm tra, đánh giá tình hình triển khai thực hiện các mục tiêu, nhiệm vụ được giao"
    " trên địa bàn tỉnh; định kỳ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2021."
)
ROUNDS = 15


def made_up() -> str:
    """A letter of about 20,000 characters, two citations in every fifth paragraph."""
    return "\n".join(PARAGRAPH.format(n=n) if n % 5 == 0 else PROSE for n in range(1, 100))


def best(work: Callable[[], object]) -> float:
    """Seconds of CPU time of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main(files: list[str]) -> None:
    start = time.process_time()
    catalogue()
    print(f"catalogue read in {(time.process_time() - start) * 1000:.0f} ms, once a process")
    texts = {name: Path(name).read_text(encoding="utf-8") for name in files} or {"-": made_up()}
    print(f"{'chars':>8} {'cited':>6} {'ms':>7} {'chars/s':>12} {'plain scan/s':>13}  letter")
    for name, text in texts.items():
        letter = plain(text)
        found = find_references(letter, issued=date(2026, 1, 1))
        spent = best(lambda letter=letter: find_references(letter, issued=date(2026, 1, 1)))
        scanned = best(lambda letter=letter: SCAN.findall(letter.key))
        size = len(letter.text)
        print(f"{size:8} {len(found):6} {spent * 1000:7.2f} {size / spent:12,.0f}"
              f" {size / max(scanned, 1e-6):13,.0f}  {Path(name).name}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
