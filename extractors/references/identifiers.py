"""By which one name do all citations of a document meet?

A canonical identifier in the manner of ELI and Akoma Ntoso work IRIs:

    vn/<kind>/<number>[/<date of issue>]      vn/qd/22-qd-ubqg/2019-06-22

The number is written in small letters and reads back to the very characters it came from
(docs/references.md tells the grammar):

- `-` is the joint that state documents have at that place: `/` after the running number and after
  the year, `-` after that. Another joint is spelled out: `--` a hyphen, `~` a slash
  (57-NQ/TW → 57--nq~tw).
- A small letter of the number is marked: `_g` (TTg → tt_g); QĐ, NĐ, CĐ, ĐA of the kind and TTg,
  CTr, TTr, QyĐ are written qd, nd, cd, da, ttg, ctr, ttr, qyd.
- Other letters beyond ASCII stay (LĐTBXH → lđtbxh), as an IRI may hold them.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import regex

from extractors.rules import compile_once

# Closed for ever: an identifier once given must read back alike.
_SHORT = {"QĐ": "qd", "NĐ": "nd", "CĐ": "cd", "ĐA": "da", "QyĐ": "qyd",
          "TTg": "ttg", "CTr": "ctr", "TTr": "ttr"}  # fmt: skip
_LONG = {short: code for code, short in _SHORT.items()}
_PARTS = compile_once(r"[-/]|[^-/]+")
_WRITTEN = compile_once(r"--|~|-|[^-~]+")
_YEAR = compile_once(r"(?:19|20)\d\d")


class Work(NamedTuple):
    """What an identifier says."""

    kind: str
    number: str
    issued: date | None


def identifier(slug: str, number: str, issued: date | None) -> str:
    """The identifier of the document of that kind (a slug), number and date of issue.

    A number that holds its year is the same with and without a date: the date is left out.
    """
    day = f"/{issued.isoformat()}" if issued and not has_year(number) else ""
    return f"vn/{slug}/{_written(number)}{day}"


def has_year(number: str) -> bool:
    """71/2016/NĐ-CP: the number holds its year, and no other document bears it."""
    groups = number.split("/")
    return len(groups) > 2 and _YEAR.fullmatch(groups[1]) is not None


def read_identifier(text: str) -> Work | None:
    """What an identifier says; None where it is none."""
    pieces = text.split("/")
    if len(pieces) not in (3, 4) or pieces[0] != "vn" or not all(pieces):
        return None
    try:
        issued = date.fromisoformat(pieces[3]) if len(pieces) == 4 else None
    except ValueError:
        return None
    return Work(pieces[1], _read(pieces[2]), issued)


def _written(number: str) -> str:
    out: list[str] = []
    groups: list[str] = []
    for part in _PARTS.findall(number):
        if part in "-/":
            out.append(_joint(part, groups))
        else:
            groups.append(part)
            out.append(_group(part))
    return "".join(out)


def _joint(joint: str, groups: list[str]) -> str:
    if joint == _usual(groups):
        return "-"
    return "--" if joint == "-" else "~"


def _usual(groups: list[str]) -> str:
    """The joint of state documents after these groups: / after the number and after the year."""
    if len(groups) == 1 or (len(groups) == 2 and _YEAR.fullmatch(groups[1])):
        return "/"
    return "-"


@lru_cache(maxsize=4096)
def _group(group: str) -> str:
    if group in _SHORT:
        return _SHORT[group]
    short = "".join(f"_{char}" if char.islower() or char == "_" else char.lower() for char in group)
    return f"_.{short}" if short in _LONG else short


def _read(written: str) -> str:
    out: list[str] = []
    groups: list[str] = []
    for part in _WRITTEN.findall(written):
        if part == "-":
            out.append(_usual(groups))
        elif part in ("--", "~"):
            out.append("-" if part == "--" else "/")
        else:
            groups.append(_read_group(part))
            out.append(groups[-1])
    return "".join(out)


def _read_group(written: str) -> str:
    if written in _LONG:
        return _LONG[written]
    written = written.removeprefix("_.")
    return regex.sub(r"(_?)(.)", lambda m: m[2] if m[1] else m[2].upper(), written)
