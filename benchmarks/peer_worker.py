"""One way of reading letters, in a process of its own: `python peer_worker.py WAY < questions`.

Standard input: a JSON list of files (or, for `dateparser` and `underthesea`, of words). Standard
output: one JSON object with `answers` (None where a file was refused), `cold` and `warm` seconds
of CPU time (imports and models are in `cold`) and `peak` megabytes. Runs in any environment
that has the peer; nothing of congvan is imported unless it is asked for.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import plain_rules

Way = Callable[[], Callable[[Any], Any]]
"""Imports what it needs and gives the function that answers one question."""


def main() -> None:
    questions = json.load(sys.stdin)
    quiet = io.StringIO()
    with redirect_stdout(quiet), redirect_stderr(quiet):
        start = time.process_time()
        answer = WAYS[sys.argv[1]]()
        answers = [tried(answer, question) for question in questions]
        cold = time.process_time() - start
        start = time.process_time()
        for question in questions:
            tried(answer, question)
        warm = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"answers": answers, "cold": cold, "warm": warm, "peak": peak}, sys.stdout)


def tried(answer: Callable[[Any], Any], question: Any) -> Any:
    try:
        return answer(question)
    except Exception as error:  # a peer may refuse a file with anything
        print(f"{question}: {type(error).__name__}: {error}", file=sys.__stderr__)
        return None


def congvan() -> Callable[[str], Any]:
    from congvan_facts import facts_of

    return lambda path: facts_of(Path(path))


def congvan_text() -> Callable[[str], Any]:
    from congvan_facts import marked_text

    return lambda path: marked_text(Path(path))


def ruled(load: Callable[[str], str]) -> Callable[[str], Any]:
    return lambda path: plain_rules.read(load(path))


def all2md_text() -> Callable[[str], str]:
    import all2md

    return all2md.to_markdown


def markitdown_text() -> Callable[[str], str]:
    from markitdown import MarkItDown

    return lambda path: MarkItDown().convert(path).text_content


def viparse_text() -> Callable[[str], str]:
    import viparse

    return lambda path: viparse.load(path, output="markdown")[0].text


def pypdfium2_text() -> Callable[[str], str]:
    import pypdfium2

    def text(path: str) -> str:
        document = pypdfium2.PdfDocument(path)
        pages = (page.get_textpage().get_text_range() for page in document)
        return "\n".join(pages).replace("\r", "")

    return text


def ner_and_dates() -> Callable[[str], Any]:
    """all2md, the plain rules for tasks, underthesea for owners and dateparser for dates."""
    load, names, days = all2md_text(), underthesea(), dateparser()

    def read(path: str) -> Any:
        found = plain_rules.read(load(path))
        for task in found["tasks"]:
            task["leads"] = names(task["words"])[:1]
            task["dues"] = days([task["words"], found["issued"] or "2020-01-01"])[-1:]
        return found

    return read


def underthesea() -> Callable[[str], list[str]]:
    from underthesea import ner

    def names(words: str) -> list[str]:
        found: list[str] = []
        for word, _, _, tag in ner(words):
            if tag.startswith("B-"):
                found.append(word)
            elif tag.startswith("I-") and found:
                found[-1] += f" {word}"
        return found

    return names


def dateparser() -> Callable[[list[str]], list[str]]:
    """Days in the words, each as written; after "trước" the day before."""
    from datetime import datetime, timedelta

    from dateparser.search import search_dates

    def days(question: list[str]) -> list[str]:
        words, issued = question
        settings = {"RELATIVE_BASE": datetime.fromisoformat(issued), "PREFER_DATES_FROM": "future"}
        found = []
        for said, day in search_dates(words, languages=["vi"], settings=settings) or []:
            before = words.partition(said)[0].rstrip().endswith(("trước", "trước ngày"))
            found.append((day - timedelta(days=int(before))).date().isoformat())
        return sorted(found)

    return days


WAYS: dict[str, Way] = {
    "congvan": congvan,
    "congvan-text": congvan_text,
    "all2md-text": all2md_text,
    "markitdown-text": markitdown_text,
    "viparse-text": viparse_text,
    "all2md": lambda: ruled(all2md_text()),
    "markitdown": lambda: ruled(markitdown_text()),
    "viparse": lambda: ruled(viparse_text()),
    "pypdfium2": lambda: ruled(pypdfium2_text()),
    "pypdfium2-text": pypdfium2_text,
    "all2md+ner+dateparser": ner_and_dates,
    "underthesea": underthesea,
    "dateparser": dateparser,
}

if __name__ == "__main__":
    main()
