"""Which tasks are the gold's, and are their owners, deadlines and products right?"""

from collections.abc import Sequence

from pipeline.score.likeness import bare, same_name, same_text, similar
from pipeline.score.tally import Counting, Pair, paired
from schemas.deadline import Deadline
from schemas.gold import Gold, GoldDeadline, GoldTask
from schemas.party import Role
from schemas.program import Program
from schemas.task import Task

BEGINS = 0.72
"""A task is the gold's where its first words are at least this similar."""


def matched_tasks(gold: Gold, program: Program) -> list[Pair[GoldTask, Task]]:
    """Gold tasks beside the program's, by their first words."""
    return paired(gold.tasks, program.tasks, _same_task)


def _same_task(truth: GoldTask, task: Task) -> float:
    begins = bare(truth.begins)
    likeness = similar(begins, bare(task.text)[: len(begins)])
    return likeness if likeness >= BEGINS else 0


def count_task(card: Counting, truth: GoldTask | None, task: Task | None) -> None:
    """Count what a task says: owners, deadlines, products, duty."""
    roles: tuple[tuple[str, Role, Sequence[str]], ...] = (
        ("leads", "lead", truth.leads if truth else ()),
        ("supports", "support", truth.supports if truth else ()),
        ("report_to", "report_to", truth.report_to if truth else ()),
    )
    for field, role, names in roles:
        card.names(field, names, _names(task, role), same_name)
    pairs = paired(truth.deadlines if truth else (), task.deadlines if task else (), _same_deadline)
    card.count("deadlines", pairs, (_say_gold_deadline, _say_deadline))
    products = [product.text for product in task.products] if task else []
    card.names("products", truth.products if truth else (), products, same_text)
    if truth and truth.duty is not None:
        card.single("duty", truth.duty, task.duty if task else None, same_text)


def _names(task: Task | None, role: Role) -> list[str]:
    return [owner.party.text for owner in task.owners if owner.role == role] if task else []


def _same_deadline(truth: GoldDeadline, deadline: Deadline) -> float:
    dates = (deadline.start, deadline.end, deadline.due)
    said = tuple(day.isoformat() if day else None for day in dates)
    if truth.kind != deadline.kind or (truth.start, truth.end, truth.due) != said:
        return 0
    if truth.rrule and truth.rrule != deadline.rrule:
        return 0
    if truth.event and not same_text(truth.event, deadline.event):
        return 0
    return 0.1 + similar(truth.words, deadline.quote.text)


def _say_gold_deadline(truth: GoldDeadline) -> str:
    return f"{truth.words} [{truth.kind} {truth.start} {truth.end} {truth.due} {truth.rrule}]"


def _say_deadline(deadline: Deadline) -> str:
    d = deadline
    return f"{d.quote.text} [{d.kind} {d.start} {d.end} {d.due} {d.rrule} {d.event}]"
