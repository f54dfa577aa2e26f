"""Which lines of ink are one paragraph, and which halves are one table?"""

from collections.abc import Iterable, Iterator, Sequence

from schemas.paper import Block, Line


def paragraphs_of(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines grouped into paragraphs, in order."""
    group: list[Line] = []
    for line in lines:
        if group and line.starts is not False:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def join_tables(blocks: Iterable[Block]) -> Iterable[Block]:
    """The blocks with the halves of each table over several pages made one."""
    return blocks
