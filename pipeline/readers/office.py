"""How does LibreOffice turn a file of another word processor into DOCX?

Used only for kinds this project does not read itself. Each run has a profile of its own (two
runs never meet), a time limit, and no macros; when it crashes, the file is refused with a reason.
"""

import os
import shutil
import signal
import subprocess

from pipeline.errors import MissingExtra, TooLarge, Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.scratch import scratch

_PROGRAMS = ("soffice", "libreoffice", "lowriter")
_PLACES = (
    "/usr/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def installed() -> str | None:
    """The path of LibreOffice; None where there is none."""
    found = (shutil.which(name) for name in _PROGRAMS)
    return next(filter(None, found), next(filter(os.path.isfile, _PLACES), None))


def converted(data: bytes, suffix: str, to: str, limits: Limits) -> bytes:
    """The file (kind told by `suffix`, ".rtf") as LibreOffice saves it (`to`: "docx", "xlsx")."""
    program = installed()
    if program is None:
        raise _missing(suffix)
    with scratch() as folder:
        source = folder / f"letter{suffix}"
        source.write_bytes(data)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_NO_MACROS, encoding="utf-8")
        _run(
            [program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless",
             "--norestore", "--nolockcheck", "--convert-to", to, "--outdir", f"{folder}/out",
             str(source)],
            limits,
        )  # fmt: skip
        result = folder / "out" / f"letter.{to}"
        if not result.is_file():
            raise _failed()
        return result.read_bytes()


def _run(command: list[str], limits: Limits) -> None:
    """Runs LibreOffice with all it starts; ends the whole group after the time limit."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise _too_slow(limits) from error
        finally:
            if process.poll() is None:
                _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows knows no process groups of this kind
        process.kill()
    process.wait()


def _missing(suffix: str) -> MissingExtra:
    kind = suffix.removeprefix(".").upper()
    return MissingExtra(
        "office.missing",
        f"Đọc tệp {kind} này cần LibreOffice, máy chưa cài.",
        "Hãy cài LibreOffice (Debian/Ubuntu: sudo apt install libreoffice-writer "
        "libreoffice-calc), hoặc mở tệp và lưu lại dưới dạng DOCX.",
        f"Reading this {kind} file needs LibreOffice, which is not installed: install it "
        "(Debian/Ubuntu: sudo apt install libreoffice-writer libreoffice-calc) "
        "or save the file as DOCX.",
    )


def _failed() -> Unreadable:
    return Unreadable(
        "office.failed",
        "LibreOffice không chuyển được tệp này (tệp có thể bị hỏng).",
        "Hãy mở tệp bằng Word, lưu lại dưới dạng DOCX rồi thử lại.",
        "LibreOffice could not convert the file (it may be damaged); save it as DOCX in Word.",
    )


def _too_slow(limits: Limits) -> TooLarge:
    return TooLarge(
        "office.time",
        f"LibreOffice chưa chuyển xong tệp sau {limits.seconds:.0f} giây.",
        "Hãy nâng giới hạn thời gian, hoặc mở tệp và lưu lại dưới dạng DOCX.",
        f"LibreOffice did not finish within {limits.seconds:.0f} seconds; raise the limit "
        "or save the file as DOCX.",
    )
