"""How much of a letter was read? Gold × Program → right, spurious, missed per field.

One scorer serves the command line, the accuracy test and the reports, so that they cannot
drift apart. Words are compared tone-blind: case, diacritics and spacing do not count.
"""

from pipeline.score.footnotes import count_footnotes
from pipeline.score.letterhead import count_letterhead
from pipeline.score.references import count_references
from pipeline.score.tally import Card, Counting
from pipeline.score.tasks import count_task, matched_tasks
from schemas.gold import Gold
from schemas.program import Program


def score(gold: Gold, program: Program) -> Card:
    """The tallies of every field and each thing that is spurious or missed."""
    card = Counting({}, [])
    count_letterhead(card, gold, program)
    pairs = matched_tasks(gold, program)
    card.count("tasks", pairs, (lambda truth: truth.begins, lambda task: task.text[:90]))
    for truth, task in pairs:
        count_task(card, truth, task)
    count_references(card, gold.references, program.references)
    count_footnotes(card, gold, program)
    return Card(card.fields, tuple(card.misses))
