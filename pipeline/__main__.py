"""The command line: congvan extract · explain · watch · score · schema."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.errors import MissingExtra, ReadError
from pipeline.messages import Language, message, told
from pipeline.writers import format_names, formats_told

if TYPE_CHECKING:
    from sqlite3 import DatabaseError

    from pipeline.batch import Plan, Totals
    from pipeline.remote import Place

    Run = Callable[[Sequence[str], Plan, str], Totals]

app = typer.Typer(
    help="Đọc văn bản hành chính thành chương trình công việc: ai làm gì, khi nào, theo đâu.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the help is plain: its frames would take longer than reading a letter
)

READ, SOME_FAILED, BROKEN, STOPPED = 0, 1, 2, 130
"""Exit codes: every letter read; some letter could not be read; wrong usage or a bug; Ctrl-C."""

Lang = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ của thông báo và bảng tổng kết.")]


def main() -> None:
    """Run the command line."""
    try:
        app()
    except SystemExit as end:
        if end.code == STOPPED:
            print(*(message(lang, "stopped") for lang in Language), file=sys.stderr)
            _leave_at_once()
        raise


def _leave_at_once() -> None:
    """End without waiting for threads that an interrupt may have left in the middle of things.

    What was done is on disk already; workers still running are ended with us.
    """
    from billiard import active_children

    for child in active_children():
        child.terminate()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(STOPPED)


@app.callback(invoke_without_command=True)
def _congvan(
    show_version: Annotated[bool, typer.Option("--version", help="In phiên bản.")] = False,
) -> None:
    if show_version:
        from importlib.metadata import version

        print(f"congvan {version('congvan')}")
        raise typer.Exit


@app.command()
def extract(
    inputs: Annotated[list[str], typer.Argument(help="Tệp, thư mục hoặc mẫu glob.")],
    output: Annotated[str, typer.Option("-o", "--output", help="Thư mục kết quả.")],
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Số văn bản đọc cùng lúc; mặc định: mọi bộ xử lý.")
    ] = None,
    formats: Annotated[
        str,
        typer.Option("--format", help=f"Cách nhau bởi dấu phẩy. {formats_told()}."),
    ] = "json",
    force: Annotated[bool, typer.Option("--force", help="Đọc lại tất cả.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Đọc lại các văn bản lần trước không đọc được.")
    ] = False,
    seconds: Annotated[float, typer.Option(help="Thời gian tối đa cho một văn bản.")] = 300,
    memory: Annotated[int, typer.Option(min=128, help="Bộ nhớ tối đa cho một văn bản, MB.")] = 3072,
    size: Annotated[int, typer.Option(help="Dung lượng tối đa của một tệp, MB.")] = 200,
    engine: Annotated[str, typer.Option(help="local hoặc ray.")] = "local",
    address: Annotated[
        str | None, typer.Option(help="Địa chỉ cụm Ray, ví dụ ray://host:10001.")
    ] = None,
    lang: Lang = Language.VI,
) -> None:
    """Đọc văn bản và ghi chương trình công việc của từng văn bản."""
    from pipeline.batch import Plan
    from pipeline.readers.limits import Limits
    from pipeline.remote import place

    if not output.strip():
        _usage(message(lang, "output.empty"))
    limits = Limits(size=size << 20, seconds=seconds, memory=memory << 20)
    plan = Plan(place(output), _formats(formats, lang), jobs, limits, force, retry_failed)
    if engine not in ("local", "ray"):
        _usage(message(lang, "engine.unknown", name=engine))
    if engine == "local" and any("://" in path for path in (*inputs, output)):
        _usage(message(lang, "engine.remote"))
    if engine == "local" and address:
        _usage(message(lang, "engine.address"))
    work = _on_ray(address) if engine == "ray" else _here
    raise typer.Exit(_run(inputs, plan, lang, work))


def _on_ray(address: str | None) -> "Run":
    def run_there(inputs: Sequence[str], plan: "Plan", lang: str) -> "Totals":
        from pipeline.cluster import extract_on_ray

        return extract_on_ray(inputs, plan, address, lang)

    return run_there


def _here(inputs: Sequence[str], plan: "Plan", lang: str) -> "Totals":
    from pipeline.batch import run
    from pipeline.inbox import find_letters
    from pipeline.progress import Screen

    total = sum(1 for _ in find_letters(inputs))
    with Screen(total, lang) as screen:
        jobs = min(plan.jobs or os.cpu_count() or 1, max(total, 1))
        totals = run(find_letters(inputs), plan._replace(jobs=jobs), screen.told)
    screen.summary(totals, plan)
    return totals


def _formats(text: str, lang: str) -> tuple[str, ...]:
    asked = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    unknown = [name for name in asked if name not in format_names()]
    if unknown:
        _usage(message(lang, "format.unknown", name=unknown[0], names=", ".join(format_names())))
    return asked


def _usage(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BROKEN)


def _run(inputs: Sequence[str], plan: "Plan", lang: str, work: "Run") -> int:
    from sqlite3 import DatabaseError

    from pipeline.inbox import NoSuchInput

    try:
        totals = work(inputs, plan, lang)
    except MissingExtra as error:
        _usage(told(error, lang))
    except NoSuchInput as error:
        _usage(message(lang, "input.none", name=error))
    except OSError as error:
        place, why = error.filename or plan.folder, error.strerror or error
        _usage(message(lang, "output.refused", place=place, why=why))
    except DatabaseError as error:
        _usage(_ledger_failed(error, plan.folder, lang))
    if totals.bugs:
        return BROKEN
    return SOME_FAILED if totals.failed else READ


def _ledger_failed(error: "DatabaseError", folder: "Place", lang: str) -> str:
    """What to do where the ledger cannot be used; a damaged one is set aside for the next run."""
    from pipeline.ledger import is_damaged, set_aside

    if isinstance(folder, Path) and is_damaged(error):
        return message(lang, "ledger.damaged", why=error, place=set_aside(folder))
    return message(lang, "ledger.refused", why=error, place=folder)


@app.command()
def watch(
    inbox: Annotated[
        Path, typer.Argument(help="Thư mục nhận văn bản.", file_okay=False, exists=True)
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Thư mục kết quả.")],
    formats: Annotated[str, typer.Option("--format", help="Như lệnh extract.")] = "json,jsonl",
    jobs: Annotated[int, typer.Option(min=1, help="Số tiến trình.")] = os.cpu_count() or 1,
    done: Annotated[Path | None, typer.Option(help="Chuyển văn bản đã đọc vào đây.")] = None,
    failed: Annotated[
        Path | None, typer.Option(help="Chuyển văn bản không đọc được vào đây.")
    ] = None,
    settle: Annotated[float, typer.Option(help="Số giây tệp phải đứng yên mới đọc.")] = 2.0,
    lang: Lang = Language.VI,
) -> None:
    """Chờ văn bản mới trong thư mục và đọc ngay khi đến."""
    from pipeline.batch import Plan
    from pipeline.watch import Folders, watch_inbox

    plan = Plan(output, _formats(formats, lang), jobs)
    watch_inbox(Folders(inbox, done, failed), plan, settle, typer.echo, lang)


@app.command()
def explain(
    letter: Annotated[Path, typer.Argument(help="Văn bản.", dir_okay=False, exists=True)],
    pictures: Annotated[
        Path | None, typer.Option(help="Ghi ảnh từng trang PDF có khung quanh lời văn vào đây.")
    ] = None,
    lang: Lang = Language.VI,
) -> None:
    """In từng dữ kiện cùng lời văn, trang và quy tắc đã đọc ra nó."""
    from pipeline.explain import explained
    from pipeline.parse import parse

    try:
        program = parse(letter)
    except ReadError as error:
        typer.echo(f"{letter.name}: {told(error, lang)}", err=True)
        raise typer.Exit(SOME_FAILED) from error
    explained(program)
    if pictures and program.source.media_type != "application/pdf":
        _usage(message(lang, "pictures.not-pdf", name=letter.name))
    if pictures:
        from pipeline.pictures import draw_pictures

        for path in draw_pictures(letter, program, pictures):
            typer.echo(path)


@app.command()
def score(
    golds: Annotated[list[Path], typer.Argument(help="gold.json hoặc thư mục chứa chúng.")],
    pin: Annotated[Path | None, typer.Option(help="Ghi kết quả vào tệp này.")] = None,
    allow_regression: Annotated[bool, typer.Option(help="Cho phép ghi kết quả kém hơn.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="In từng điểm sai.")] = False,
    lang: Lang = Language.VI,
) -> None:
    """So chương trình đọc được với bản đối chiếu bằng tay (gold.json) cạnh văn bản."""
    from pipeline.score.folders import print_scores, score_all
    from pipeline.score.pins import Regression, pin_scores

    cards = score_all(golds)
    if not cards:
        _usage(message(lang, "gold.none"))
    print_scores(cards, misses)
    if pin:
        try:
            pin_scores(pin, cards, allow_regression)
        except Regression as error:
            _usage(str(error))


@app.command()
def schema() -> None:
    """In JSON Schema của kết quả."""
    from schemas.program import Program

    print(json.dumps(Program.model_json_schema(), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
