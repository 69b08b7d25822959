"""Where the files of a description come from: the disk, or a revision of the git repository."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator, Sequence
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
        self.check_within(path)
        if self.revision is None:
            return read(Path(path))
        return parse(_git_text(self.revision, path), self.name(path))

    def beside(self, name: str) -> str:
        """Return the path of another file, given from the folder of the description."""
        return posixpath.join(posixpath.dirname(self.root), name)

    def text_beside(self, name: str) -> str | None:
        """Return the text of another file in the same folder; None when it is not there."""
        try:
            return self.text(self.beside(name))
        except DocumentError:
            return None

    def check_within(self, path: str) -> None:
        """Refuse a file that a link leads to out of the folder of the description, and what is no file, as a device.

        Raises:
            DocumentError: It is one of these.
        """
        if self.revision is not None or path == self.root:
            return  # git follows no links, and the description itself is what the user named
        found = Path(path).resolve()
        if not found.is_relative_to(Path(self.root).parent.resolve()):
            raise DocumentError(path, None, "a link leads from here out of the folder of the description")
        if found.exists() and not found.is_file():
            raise DocumentError(path, None, "this is no file")

    def files_beside(self, folders: Sequence[str]) -> dict[str, bytes]:
        """Return every file in some of the folders beside the description, by its path from there.

        Raises:
            DocumentError: Git cannot read the revision.
        """
        home = posixpath.dirname(self.root)
        if self.revision is not None:
            paths = [posixpath.normpath(self.beside(folder)) for folder in folders]
            return {posixpath.relpath(path, home or "."): blob for path, blob in _git_blobs(self.revision, paths)}
        files = (path for folder in folders for path in Path(home, folder).rglob("*") if path.is_file())
        return {path.relative_to(home).as_posix(): path.read_bytes() for path in files}

    def content(self, path: str) -> bytes:
        """Return the bytes of one file of this source.

        Raises:
            DocumentError: It is not there.
        """
        if self.revision is not None:
            return _git_blob(self.revision, path)
        try:
            return Path(path).read_bytes()
        except OSError as error:
            raise DocumentError(path, None, f"cannot be read: {error}") from None

    def text(self, path: str) -> str:
        """Return the text of one file of this source.

        Raises:
            DocumentError: It is not there or not text.
        """
        if self.revision is not None:
            return _git_text(self.revision, path)
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


def git(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git and return what it said; a missing git is reported like a command that failed."""
    program = shutil.which("git")
    if program is None:
        return subprocess.CompletedProcess(arguments, 1, b"", b"git is not installed")
    return subprocess.run([program, *arguments], capture_output=True, check=False, input=given)


def _git_text(revision: str, path: str) -> str:
    blob = _git_blob(revision, path)
    try:
        return blob.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = blob[: error.start].count(b"\n") + 1
        raise DocumentError(f"{revision}:{path}", line, "the file is not UTF-8 text") from None


def _git_blob(revision: str, path: str) -> bytes:
    name = f"{revision}:{path}"
    return _answer(git("cat-file", "blob", name), name)


def _git_blobs(revision: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the path from the top of the repository, and the content, of every file below some paths."""
    listed = _answer(git("ls-tree", "-r", "-z", "--full-tree", revision, "--", *paths), revision)
    entries = [entry.partition(b"\t") for entry in listed.split(b"\0") if entry]
    blobs = [(path, facts.split()[2]) for facts, _, path in entries if facts.split()[1] == b"blob"]
    rest = _answer(git("cat-file", "--batch", given=b"\n".join(name for _, name in blobs) + b"\n"), revision)
    for path, _ in blobs:
        # Each comes as a line that ends in its size (bytes), itself, and an end of line.
        header, _, rest = rest.partition(b"\n")
        size = int(header.split()[2])
        yield os.fsdecode(path), rest[:size]
        rest = rest[size + 1 :]


def _answer(result: subprocess.CompletedProcess[bytes], name: str) -> bytes:
    if result.returncode != 0:
        reason = result.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise DocumentError(name, None, f"git cannot read it: {reason}")
    return result.stdout
