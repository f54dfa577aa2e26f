"""Which kind of document does a number, or a word, tell?"""

from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.rules import CompiledRule, compile_once, rules
from schemas.reference import Kind


def kind_of(number: str, word: str | None) -> Kind | None:
    """The kind of document: its code in the number, else the word before it.

    "Quy định số 66-QĐ/TW": the Party writes QĐ for both, so the word decides between them.
    "Nghị quyết định số 28/NQ-CP": the code decides. A symbol without a code is a công văn; so is
    "Công văn số 302/CT-TTHT", where CT is an agency (Cục Thuế).
    """
    named = kind_named(word) if word else None
    if named and word and (_is_old(number) or word[:4].lower() == "công"):
        return named
    coded = next((_codes()[group] for group in _groups(number) if group in _codes()), None)
    if coded and named and named.code == "QyĐ" and coded.code == "QĐ":
        return named
    if coded is None and named is None and not _is_assembly(number):
        return _codes()["CV"]
    return coded or named


def slug_of(number: str, kind: Kind | None) -> str | None:
    """The kind's segment in an identifier: by the number where it names the kind, so that
    "Quyết định 66-QĐ/TW" and "Quy định 66-QĐ/TW" meet; a symbol of agencies is a công văn's."""
    coded = next((group for group in _groups(number) if group in _codes()), None)
    if coded is not None:
        return kind_slugs()[_codes()[coded].code]
    if _AGENCIES.search(number):
        return "cv"
    return kind_slugs().get(kind.code) if kind else None


_AGENCIES = compile_once(r"^[^/-]+/\p{Lu}[^/-]*-\p{Lu}")


@lru_cache(maxsize=1024)
def _groups(number: str) -> tuple[str, ...]:
    """The groups of a symbol where a kind may stand: the first, and the last of old forms."""
    groups = number.replace("/", "-").split("-")
    groups = [group for group in groups if not group[:1].isdigit()]
    return (*groups[:1], *(groups[-1:] if len(groups) == 2 and "TT" in groups[-1:] else ()))


def is_cut(number: str) -> bool:
    """A number that ends with its kind or with half of it: 45/2014/NĐ, 76/2014/T."""
    last = number.rsplit("/", 1)[-1]
    return last in _codes() or len(last) == 1


def _is_old(number: str) -> bool:
    """A number without a unit (315-CT, 36/CP): its one group is the issuer."""
    return number.count("-") + number.count("/") == 1


def _is_assembly(number: str) -> bool:
    return "/QH" in number or "UBTVQH" in number


@cache
def kind_named(word: str) -> Kind | None:
    """The kind whose word this is: "Kế hoạch" → KH."""
    for rule in rules("references"):
        if rule.id.startswith("kind.") and rule.pattern.fullmatch(word):
            return Kind(code=str(rule.value["code"]), name=str(rule.value["name"]))
    return None


@cache
def kind_slugs() -> dict[str, str]:
    """Codes of kinds and their segment in canonical identifiers."""
    return {str(rule.value["code"]): str(rule.value["slug"]) for rule in kind_rules()}


@cache
def _codes() -> dict[str, Kind]:
    """Codes in symbols → kinds; the spellings without Đ and the older codes too."""
    kinds = {
        str(rule.value["code"]): Kind(code=str(rule.value["code"]), name=str(rule.value["name"]))
        for rule in kind_rules()
    }
    spelled = {"ND": "NĐ", "QD": "QĐ", "CTrPH": "CTr", "CTrHĐ": "CTr", "QCPH": "QC", "TTG": "TT"}
    older = {"LCT": "L", "SL": "SL", "TTR": "TTr"}
    return kinds | {code: kinds[kind] for code, kind in (spelled | older).items() if kind in kinds}


def kind_rules() -> Iterable[CompiledRule]:
    """The rows that name kinds of document."""
    return (rule for rule in rules("references") if rule.id.startswith("kind."))
