"""How is the bundled catalogue of legal documents made?

`make catalogue FACTS=dir` reads three tables from `dir` and writes
`extractors/data/catalogue.tsv.gz`: `phapdien_documents.tsv` (documents of the official
codification), `laws.tsv` (laws and ordinances), `policy_documents.tsv` (policy documents). A row
whose dates no source shows is marked: they stay in the table and decide nothing.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.rules import compile_once
from extractors.text import fold, tidy

TARGET = Path(__file__).parents[1] / "extractors" / "data" / "catalogue.tsv.gz"
COLUMNS = ("kind", "number", "title", "issued", "effective", "issuer", "dated")
_NUMBER = compile_once(r"\d+[a-zA-Z]?(?:\.\d+)?(?:[/-](?:\d{4}|\p{Lu}[\p{L}\d&.]*))+")
# A number that the table cut at a space: "01/2012/QĐ-" and a title that begins with "TTg ".
_CUT = compile_once(r"(?P<head>[\p{Lu}\d][\p{L}\d&-]*\p{Lu}[\p{L}\d&]*) (?P<rest>.+)")
_RELATIVE = compile_once(r"\d|(?<!\p{L})về(?!\p{L})")

# Titles that begin with the word of their kind.
_WHOLE = ("Luật sư", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam")

Row = dict[str, str]


def main(arguments: list[str]) -> int:
    """Writes the catalogue from the tables in the folder named by the one argument."""
    if len(arguments) != 1:
        print("make catalogue FACTS=<thư mục có phapdien_documents.tsv, laws.tsv>", file=sys.stderr)
        return 2
    rows = merged(Path(arguments[0]))
    TARGET.write_bytes(packed(rows))
    print(f"{len(rows)} văn bản -> {TARGET.name}, {TARGET.stat().st_size} byte")
    return 0


def merged(facts: Path) -> list[Row]:
    """The rows of all tables, one for each kind and number; codified rows win."""
    rows: dict[tuple[str, str], Row] = {}
    for row in (*_codified(facts), *_laws(facts), *_policies(facts)):
        if _NUMBER.fullmatch(row["number"]):
            rows.setdefault(_identity(row), row)
    return sorted(rows.values(), key=lambda row: (row["kind"], row["issued"], row["number"]))


def packed(rows: Iterable[Row]) -> bytes:
    """The rows as gzipped TSV, the same bytes for the same rows."""
    lines = ["\t".join(COLUMNS), *("\t".join(row[name] for name in COLUMNS) for row in rows)]
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)


def _identity(row: Row) -> tuple[str, str]:
    """Kind and number, blind to slips: the same ordinance is 05/2008/PL-UBTVQH12 and …/UBTVQH12."""
    number = row["number"].upper().replace("Đ", "D").replace("/PL-", "/")
    return row["kind"], number


def _table(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _codified(facts: Path) -> Iterator[Row]:
    """The codification's rows; where another source gives another date of effect, undated."""
    laws = _table(facts / "laws.tsv")
    doubted = {row["number"] for row in laws if "effective:" in row["conflicts"]}
    for row in _table(facts / "phapdien_documents.tsv"):
        dated = row["number"] not in doubted
        yield _row(row, row["title"], _issuer(row["issuer"]), dated=dated)


def _laws(facts: Path) -> Iterator[Row]:
    for row in _table(facts / "laws.tsv"):
        dated = "found:phapdien" in row["source"] and not row["conflicts"]
        yield _row(row, row["name"], "", dated=dated)


def _policies(facts: Path) -> Iterator[Row]:
    """Only rows that a source shows: a remembered number must not name a document."""
    for row in _table(facts / "policy_documents.tsv"):
        if row["source"].startswith("found") and "memory" not in row["source"]:
            yield _row(row, row["name"], row["issuer"], dated=True)


def _row(source: Row, title: str, issuer: str, *, dated: bool) -> Row:
    issued = source.get("issued") or ""
    number, title = _whole(fold(tidy(source["number"])).replace("_", "-"), tidy(title))
    return {
        "kind": source["type"],
        "number": number,
        "title": _title(source["type"], title),
        "issued": issued,
        "effective": source.get("effective") or "",
        "issuer": issuer,
        "dated": "1" if dated and issued else "0",
    }


def _whole(number: str, title: str) -> tuple[str, str]:
    """Number and title with what the table cut off the number put back."""
    cut = _CUT.fullmatch(title) if number.endswith("-") else None
    return (number + cut["head"], cut["rest"]) if cut else (number, title)


def _title(kind: str, title: str) -> str:
    """The title without its kind before and without a full stop; laws begin with a capital."""
    title = title.rstrip(" .;")
    if title.lower().startswith(kind.lower() + " ") and title not in _WHOLE:
        title = title[len(kind) + 1 :]
    if kind in ("Luật", "Bộ luật", "Pháp lệnh") and not title.startswith("sửa đổi"):
        title = title[:1].upper() + title[1:]
    return title


def _issuer(issuer: str) -> str:
    """The issuer, or nothing where the table took the rest of a title for it."""
    issuer = tidy(issuer)
    return "" if len(issuer) > 120 or _RELATIVE.search(issuer) else issuer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
