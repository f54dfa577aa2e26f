"""One letter of a batch: read, written, and told in one Outcome. Runs in a worker."""

import os
import traceback
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.patterns import keep
from pipeline.readers.limits import Limits
from pipeline.readers.scratch import NoRoom
from pipeline.remote import Place
from pipeline.writers import WRITERS, save
from schemas.outcome import Failure, Outcome, Summary
from schemas.program import Program, Source


class Work(NamedTuple):
    """A letter to convert. `twin`: the target of a letter with the same content, done before.

    It may be the letter itself, of which only files are to be written anew.
    """

    source: Place
    target: str
    folder: Place
    formats: tuple[str, ...]
    limits: Limits
    twin: str | None = None


def convert(work: Work) -> Outcome:
    """Read the letter and write its files; a letter that cannot be read leaves a failure.

    Where the machine fails, not the letter, an OSError ends the run: a later one reads it.
    """
    content = ""
    try:
        data = work.source.read_bytes()
        content = sha256(data).hexdigest()
        program = _program(work, data)
    except NoRoom:
        raise
    except (ReadError, OSError) as error:
        return failed(work, content, failure_of(error))
    except MemoryError:
        raise  # told by whoever set the bound
    except Exception:
        return failed(work, content, bug(traceback.format_exc()))
    write_files(work.folder, work.target, work.formats, program)
    return Outcome(
        source=os.fspath(work.source),
        target=work.target,
        sha256=content,
        summary=summary_of(program),
        twin=None if work.twin == work.target else work.twin,
    )


def _program(work: Work, data: bytes) -> Program:
    if work.twin is None:
        from pipeline.parse import parse_bytes  # heavy: the command line starts without it

        program = parse_bytes(data, work.source.name, work.limits)
        keep()
        return program
    from extractors.references.batch import without_batch

    path = work.folder / (work.twin + WRITERS["json"].suffix)
    known = without_batch(Program.model_validate_json(path.read_bytes()))
    source = Source(**{**dict(known.source), "name": work.source.name})
    return Program(**{**dict(known), "source": source})


def write_files(folder: Place, target: str, formats: Iterable[str], program: Program) -> None:
    """Write the letter's file of each format, each whole or not at all."""
    for name in formats:
        writer = WRITERS[name]
        save(folder / (target + writer.suffix), writer.bytes_of(program))


def failed(work: Work, content: str, failure: Failure) -> Outcome:
    """The outcome of a letter that was not read; files of an earlier reading are taken away."""
    for name in work.formats:
        (work.folder / (work.target + WRITERS[name].suffix)).unlink(missing_ok=True)
    return Outcome(
        source=os.fspath(work.source), target=work.target, sha256=content, failure=failure
    )


def failure_of(error: ReadError | OSError) -> Failure:
    """What the user is told of it."""
    if isinstance(error, ReadError):
        return Failure(
            code=error.code, reason=error.reason, advice=error.advice, english=error.english
        )
    return Failure(
        code="file.no-access",
        reason=f"Không mở được tệp: {error.strerror or error}.",
        advice="Hãy kiểm tra tệp còn đó không và quyền đọc của bạn.",
        english=f"The file cannot be opened: {error.strerror or error}. Check that it is there "
        "and that you may read it.",
    )


def bug(trace: str) -> Failure:
    """The failure of congvan itself."""
    return Failure(
        code="congvan.bug",
        reason=f"Lỗi của congvan: {trace.strip().splitlines()[-1]}",
        advice="Hãy báo lỗi kèm nội dung này; tệp gốc không bị thay đổi.",
        english=trace,
        bug=True,
    )


def summary_of(program: Program) -> Summary:
    """The program at a glance."""
    letter, tasks = program.letter, program.tasks
    return Summary(
        number=letter.number.canonical if letter.number and letter.number.sequence else None,
        issued=letter.issued,
        subject=letter.subject,
        tasks=len(tasks),
        without_owner=sum(not any(o.role == "lead" for o in task.owners) for task in tasks),
        without_date=sum(not any(d.due or d.rrule for d in task.deadlines) for task in tasks),
        doubts=sum(issue.severity != "note" for issue in program.issues),
        unresolved=tuple(
            dict.fromkeys(r.number for r in program.references if r.number and not r.resolved)
        ),
    )
