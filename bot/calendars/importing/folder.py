"""The knowledge folder that a schedule is imported into: what it says now, and whether the new one fits."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.calendars.importing.draft import RefusedError
from bot.knowledge.checks import check
from bot.knowledge.files import Folder, UnreadableError
from bot.knowledge.loader import default_language, read, validated
from bot.knowledge.model import Programme, Schedule, Session, Shuttle, Site, Sites
from bot.knowledge.problems import Findings, KnowledgeError, Problem
from bot.knowledge.references import places_of
from bot.knowledge.source_files import PROGRAMME, SCHEDULE, SITES, read_trees
from bot.knowledge.yaml_tree import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Target:
    """What the folder says now."""

    folder: Path
    programme: Programme
    sites: tuple[Site, ...]
    sessions: Mapping[str, Session]  # of the old schedule, if there is one
    shuttles: tuple[Shuttle, ...]
    taken: frozenset[str]  # ids of entries and sites
    old_text: str | None  # of the old schedule; None when there is none

    @property
    def path(self) -> Path:
        """The file to write."""
        return self.folder / SCHEDULE


def read_target(folder: Path) -> Target:
    """Reads the folder, which need not be complete. Raises RefusedError when what is needed has errors."""
    findings = Findings()
    try:
        trees = read_trees(Folder(folder), findings)
    except KnowledgeError as error:
        raise RefusedError(str(error)) from None
    language, has_schedule = default_language(trees), (folder / SCHEDULE).exists()
    programme = validated(trees[PROGRAMME], Programme, language, findings)
    sites = validated(trees[SITES], Sites, language, findings)
    schedule = validated(trees[SCHEDULE], Schedule, language, findings) if has_schedule else None
    needed = {trees[name].file for name in (PROGRAMME, SITES, *([SCHEDULE] if has_schedule else []))}
    errors = [str(problem) for problem in findings.problems if problem.file in needed]
    if errors or not programme or not sites:
        raise RefusedError(*errors)
    others = [tree for name, tree in trees.items() if name != SCHEDULE]
    return Target(
        folder,
        programme,
        sites.sites,
        {session.id: session for session in schedule.sessions} if schedule else {},
        schedule.shuttles if schedule else (),
        frozenset(places_of(others, Findings())),
        _text(folder) if has_schedule else None,
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a copy of the folder with a new schedule in it. Files are named as inside the folder."""

    errors: tuple[Problem, ...]  # that the new schedule brings
    warnings: tuple[Problem, ...]  # about the new schedule
    other_errors: int  # that the folder has anyway


def tried(target: Target, text: str) -> Trial:
    """Loads a copy of the folder with `text` as its schedule."""
    before = {problem for problem in _errors(target.folder) if problem.file != SCHEDULE}
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "knowledge"
        shutil.copytree(target.folder, copy, symlinks=True)
        (copy / SCHEDULE).unlink(missing_ok=True)
        (copy / SCHEDULE).write_text(text, "utf-8", newline="\n")
        after = set(_errors(copy))
        warnings = [] if after else [_inside(copy, problem) for problem in check(read(copy))]
    return Trial(
        tuple(sorted(after - before)),
        tuple(problem for problem in warnings if problem.file == SCHEDULE),
        len(after & before),
    )


def replace_file(path: Path, text: str) -> None:
    """Writes the file beside its place, and puts it there in one step: it is never half there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _errors(folder: Path) -> list[Problem]:
    try:
        read(folder)
    except KnowledgeError as error:
        return [_inside(folder, problem) for problem in error.problems]
    return []


def _inside(folder: Path, problem: Problem) -> Problem:
    """The same, with the folder taken from the names of files."""
    prefix = f"{folder.as_posix()}/"
    return Problem(problem.file.removeprefix(prefix), problem.line, problem.message.replace(prefix, ""))


def _text(folder: Path) -> str:
    try:
        return Folder(folder).read(SCHEDULE, MAX_BYTES).decode("utf-8-sig")
    except (UnreadableError, UnicodeDecodeError) as error:
        raise RefusedError(f"{(folder / SCHEDULE).as_posix()}: {error}") from None
