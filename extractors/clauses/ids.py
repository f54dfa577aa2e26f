"""What is a clause called: the labels from the outermost in, without their marks?"""

from collections.abc import Sequence

from extractors.clauses.items import Item
from extractors.clauses.labels import ALPHABET, Label
from schemas.task import Clause

_ID_MARKS = {"part": "P", "chapter": "C", "section": "M", "article": "Đ"}


def clause_id(item: Item, parent: str | None, prefix: str, counts: dict[str, int]) -> str:
    """The clause's name under its parent's; those without a number are counted."""
    base = parent or prefix
    if item.label is None or item.bullet:
        root = base if parent else ".".join(filter(None, (prefix, item.place or "body")))
        counts[root] = counts.get(root, 0) + 1
        return f"{root}-{counts[root]}"
    name = _stripped(item.label)
    above = item.parent.label if item.parent else None
    if item.label.style == "multi" and above and name.startswith(_stripped(above) + "."):
        name = name[len(_stripped(above)) + 1 :]
    return f"{base}.{name}" if base else name


def _stripped(label: Label) -> str:
    """The label without its marks: "a)" → "a", "Điều 2." → "Đ2"."""
    if label.style == "multi":
        return ".".join(str(number) for number in label.numbers)
    if label.style == "roman" and (label.slip or label.misread):
        return _as_roman(label.numbers[0])
    if label.slip and label.style == "letter":
        return ALPHABET[label.numbers[0] - 1]
    if label.style == "ordinal" or (label.style == "number" and label.misread):
        return str(label.numbers[0])
    if label.style in _ID_MARKS or (label.slip and label.style == "number"):
        return _ID_MARKS.get(label.style, "") + str(label.numbers[0])
    return label.text.strip(" .:)/-(}],;")


def _as_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", *["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"])[ones]


def with_unique_ids(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """A list that restarts without a new heading gets a mark of its own: "2", "2'2"."""
    seen: dict[str, int] = {}
    renamed: dict[str, str] = {}
    unique: list[Clause] = []
    for clause in clauses:
        parent = renamed.get(clause.parent, clause.parent) if clause.parent else None
        name = clause.id
        if clause.parent and parent != clause.parent and name.startswith(clause.parent):
            name = f"{parent}{name[len(clause.parent) :]}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}'{seen[name]}"
        renamed[clause.id] = name
        unique.append(clause._replace(id=name, parent=parent))
    return tuple(unique)
