"""What several ask of one letter, or of one stretch of it, is found once.

The answers stay with what was asked, and go when it goes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Remembers(Protocol):
    """What can be asked: it holds the answers given so far."""

    @property
    def answers(self) -> dict[object, Any]:
        """By the question and what is asked."""


Of = TypeVar("Of", bound=Remembers)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def asked_once(
    question: Callable[Concatenate[Of, Asked], Answer],
) -> Callable[Concatenate[Of, Asked], Answer]:
    """A question whose answer depends on what it is asked of, and on what is asked, alone."""

    @wraps(question)
    def answered(of: Of, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
        key = (question, asked, *named.items())
        try:
            answer: Answer = of.answers[key]
        except KeyError:
            answer = of.answers[key] = question(of, *asked, **named)
        return answer

    return answered
