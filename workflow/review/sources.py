"""Where the files of a description come from: the disk, or a revision of the git repository."""

from __future__ import annotations

import posixpath
import shutil
import subprocess
from pathlib import Path

from attrs import frozen

from workflow.document import Document, DocumentError, parse, read


@frozen
class Source:
    """The place a description and the files it refers to are read from.

    Attributes:
        root: Path of the description itself.
        revision: The git revision to read from; None to read from the disk.
    """

    root: str
    revision: str | None = None

    def name(self, path: str) -> str:
        """Return how messages call a file of this source."""
        return path if self.revision is None else f"{self.revision}:{path}"

    def read(self, path: str) -> Document:
        """Read one file of this source.

        Raises:
            DocumentError: It is not there or not a well-formed document.
        """
        if self.revision is None:
            return read(Path(path))
        return parse(_git_blob(self.revision, path), self.name(path))

    def beside(self, name: str) -> str:
        """Return the path of another file, given from the folder of the description."""
        return posixpath.join(posixpath.dirname(self.root), name)

    def text_beside(self, name: str) -> str | None:
        """Return the text of another file in the same folder; None when it is not there."""
        try:
            return self.text(self.beside(name))
        except DocumentError:
            return None

    def text(self, path: str) -> str:
        """Return the text of one file of this source.

        Raises:
            DocumentError: It is not there or not text.
        """
        if self.revision is not None:
            return _git_blob(self.revision, path)
        try:
            return Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DocumentError(path, None, f"cannot be read: {error}") from None


def source(argument: str) -> Source:
    """Understand what a user wrote: a path, or `git-rev:path`.

    A file of that name on the disk comes first, so that a path with a colon in it can be named.
    """
    revision, colon, path = argument.partition(":")
    if Path(argument).exists() or not colon or not revision or not path:
        return Source(argument)
    return Source(path, revision)


def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git and return what it said; a missing git is reported like a command that failed."""
    program = shutil.which("git")
    if program is None:
        return subprocess.CompletedProcess(arguments, 1, b"", b"git is not installed")
    return subprocess.run([program, *arguments], capture_output=True, check=False)


def _git_blob(revision: str, path: str) -> str:
    name = f"{revision}:{path}"
    result = git("cat-file", "blob", name)
    if result.returncode != 0:
        reason = result.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise DocumentError(name, None, f"git cannot read it: {reason}")
    try:
        return result.stdout.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = result.stdout[: error.start].count(b"\n") + 1
        raise DocumentError(name, line, "the file is not UTF-8 text") from None
