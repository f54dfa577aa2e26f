"""The one thing that can go wrong: a file does not become a letter.

ReadError
├── Unreadable     damaged, empty, not a letter at all: the file must be got again
├── Protected      a password or a right stands before it
├── TooLarge       a limit (size, pages, time, memory, nesting) was passed
└── MissingExtra   a part of congvan is not installed: the message names the command
"""


class ReadError(Exception):
    """A file that did not become a letter: a dotted `code`, the reason and what to do next.

    `reason` and `advice` are sentences for the user in Vietnamese; `english` says both.
    """

    def __init__(self, code: str, reason: str, advice: str, english: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.advice = advice
        self.english = english

    def __reduce__(self) -> tuple[type["ReadError"], tuple[str, str, str, str]]:
        return type(self), (self.code, self.reason, self.advice, self.english)


class Unreadable(ReadError):
    """The file is damaged, empty or holds no letter."""


class Protected(ReadError):
    """The file asks for a password."""


class TooLarge(ReadError):
    """A limit was passed."""


class MissingExtra(ReadError):
    """A part of congvan that this file needs is not installed."""


def missing_extra(extra: str, part: str, part_english: str) -> MissingExtra:
    """What to say where the extra that a part needs is not installed."""
    command = f"pip install -c constraints.txt -e '.[{extra}]'"
    return MissingExtra(
        f"extra.{extra}",
        f"Chưa cài phần {part}: congvan[{extra}].",
        f"Hãy chạy, trong thư mục mã nguồn: {command}.",
        f"{part_english} needs the extra congvan[{extra}]: in the sources run {command}.",
    )
