"""Which footnotes are the gold's, and called from the same tasks?"""

from pipeline.score.likeness import bare, similar
from pipeline.score.tally import Counting, paired
from pipeline.score.tasks import matched_tasks
from schemas.gold import Gold
from schemas.program import Program


def count_footnotes(card: Counting, gold: Gold, program: Program) -> None:
    """Count the notes: mark, first words, and the tasks that call them."""
    ids = {task.id: truth.id for truth, task in matched_tasks(gold, program) if truth and task}
    wanted = [(n.mark, bare(n.begins), frozenset(n.called_by)) for n in gold.footnotes]
    found = [
        (n.mark, bare(n.text), frozenset(ids.get(key, key) for key in n.called_by))
        for n in program.footnotes
    ]
    card.count("footnotes", paired(wanted, found, _same_note))


def _same_note(
    truth: tuple[str, str, frozenset[str]], found: tuple[str, str, frozenset[str]]
) -> float:
    same = truth[0] == found[0] and truth[2] == found[2]
    return similar(truth[1], found[1][: len(truth[1])]) if same else 0
