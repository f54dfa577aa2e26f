"""Where do other programs find a letter's file, and what if the machine has no room for it?

A converter that may not write fails as it does on a damaged letter. The letter must not be
blamed: it would be set down as unreadable, and its sender asked for another.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Unreadable

ROOM = 16 * 2**20
"""Bytes without which a failed conversion says nothing of the letter; LibreOffice takes 1 MB."""


class NoRoom(OSError):
    """The folder for temporary files cannot be used; the letter may be sound."""


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards; raises NoRoom where the machine failed."""
    try:
        with tempfile.TemporaryDirectory(prefix="congvan-") as name:
            folder = Path(name)
            try:
                yield folder
            except Unreadable as error:
                if shutil.disk_usage(folder).free < ROOM:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
                raise
    except OSError as error:
        raise NoRoom(error.errno, error.strerror, tempfile.tempdir) from error
