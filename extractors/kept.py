"""What follows from the rules alone is worked out once, and may be kept from run to run.

Compiled patterns are by far the most of it. Who keeps them is no question of the rules: the
answers stand here, and `pipeline.patterns` carries them to a file and back.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple, cast

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")

KEPT: dict[tuple[object, ...], object] = {}
"""Every answer so far, by the function's name and what it was asked."""


def kept(function: Callable[[*Asked], Answer]) -> Callable[[*Asked], Answer]:
    """A function whose answers depend on the code and its rules alone, and can be pickled."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answered(*asked: *Asked) -> Answer:
        key = (name, *asked)
        if key not in KEPT:
            KEPT[key] = function(*asked)
        return cast("Answer", KEPT[key])

    return answered
