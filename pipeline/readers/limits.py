"""How much one file may ask for."""

from schemas.base import Value


class Limits(Value):
    """Bounds for one file; a user may raise each.

    `size`, `unpacked`: bytes of the file and of what an archive holds. `seconds`: wall clock
    for one letter, kept by the batch's workers; `memory`: bytes of one worker.
    """

    size: int = 200 * 2**20
    unpacked: int = 1 * 2**30
    pages: int = 1000
    nesting: int = 200
    seconds: float = 300.0
    memory: int = 3 * 2**30
