"""The command `import`: a calendar or spreadsheet becomes `schedule.yaml`, checked before it is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.calendars.importing.csv_file import read_csv
from bot.calendars.importing.draft import Draft, RefusedError, Source
from bot.calendars.importing.fitting import Fitter
from bot.calendars.importing.folder import Target, read_target, replace_file, tried
from bot.calendars.importing.ics_file import read_ics
from bot.calendars.importing.ids import ids_of
from bot.calendars.importing.places import PlaceFinder
from bot.calendars.importing.schedule_yaml import heading_of, in_order, schedule_text
from bot.calendars.importing.table import read_table
from bot.calendars.importing.xlsx_file import read_xlsx
from bot.knowledge.model import Programme, Session
from bot.knowledge.problems import Problem, quoted
from bot.knowledge.source_files import SCHEDULE

MOST_BYTES = 5_000_000
_HEADING = """\
# The schedule: what happens when and where. It was imported from {name}.
# To change it, change it there and import it again (python -m bot import FILE --replace); what only stands
# here, such as aliases, translations and buses, is kept. Afterwards, run `python -m bot check`."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read, and whether it was written."""

    text: str  # of the new schedule
    is_written: bool
    report: tuple[str, ...]  # lines for the organizer


def import_schedule(file: Path, target_path: Path, *, replace: bool, language: str | None = None) -> Imported:
    """Reads a `.ics`, `.csv` or `.xlsx` file and writes the `schedule.yaml` at `target_path`.

    The folder around it gives the programme's days, its time zone and its places; sessions that it knows
    keep their ids. `language` is what the file is written in (None: the programme's first). An existing
    schedule is only replaced when `replace` is set; otherwise the report says what would happen.
    Raises RefusedError, with everything that is wrong, and then nothing was written.
    """
    if target_path.name != SCHEDULE:
        raise RefusedError(f"{target_path}: the schedule of a knowledge folder is called {SCHEDULE}")
    target = read_target(target_path.parent)
    source = Source(file.name)
    _read(file, target.programme, source)
    pairs = _fitted(source, target, language or target.programme.languages[0])
    if source.errors:
        raise RefusedError(*source.errors)
    heading = heading_of(target.old_text or "") or _HEADING.format(name=file.name)
    sessions = [session for _, session in pairs]
    text = schedule_text(sessions, target.shuttles, language=target.programme.languages[0], heading=heading)
    trial = tried(target, text)
    if trial.errors:
        raise RefusedError(*(_explained(problem, source, pairs) for problem in trial.errors))
    is_written = replace or target.old_text is None
    if is_written:
        replace_file(target.path, text)
    report = [*source.notes, *(f"{each.file}:{each.line}: {each.message}" for each in trial.warnings)]
    if trial.other_errors:
        report.append(f"other files have {trial.other_errors} errors: run python -m bot check")
    return Imported(text, is_written, (*report, *_summary(source, sessions, target, is_written=is_written)))


def _read(file: Path, programme: Programme, source: Source) -> None:
    """Fills the source from the file. Raises RefusedError when the file cannot be read at all."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise RefusedError(f"{source.name}: is too large: {size:,} bytes, at most {MOST_BYTES:,}")
        data = file.read_bytes()
    except OSError as error:
        raise RefusedError(f"{file}: cannot be read: {error.strerror}") from None
    kind = file.suffix.lower()
    if kind == ".ics":
        read_ics(data, programme, source)
    elif kind == ".xlsx":
        for table in read_xlsx(data, source):
            read_table(table, programme, source)
    elif kind in {".csv", ".tsv", ".txt"}:
        read_table(read_csv(data, source), programme, source)
    else:
        raise RefusedError(
            f"{source.name}: only .ics, .csv and .xlsx can be imported (save it as one of them)"
        )
    if not source.drafts and not source.errors:
        raise RefusedError(f"{source.name}: holds no session on the programme's days", *source.notes)


def _fitted(source: Source, target: Target, language: str) -> list[tuple[Draft, Session]]:
    """Each draft and its session, in the order of the file that is written. Errors go to the source."""
    is_default = language == target.programme.languages[0]
    fitter = Fitter(PlaceFinder(target.sites), source, language=language, is_default=is_default)
    names = ids_of(source.drafts, target.sessions, target.taken)
    pairs = [
        (draft, session)
        for draft, name in zip(source.drafts, names, strict=True)
        if (session := fitter.session_of(draft, name, target.sessions.get(name)))
    ]
    return sorted(pairs, key=lambda pair: in_order(pair[1]))


def _explained(problem: Problem, source: Source, pairs: Sequence[tuple[Draft, Session]]) -> str:
    """A problem of the new schedule, with the place in the source that it comes from."""
    number = re.search(r"sessions\[(\d+)\]", problem.message)
    if problem.file == SCHEDULE and number:
        draft = pairs[int(number[1])][0]
        return f"{source.name}: {draft.place}: {problem.message.replace(number[0], quoted(draft.title))}"
    return f"{problem.file}: with the sessions of {source.name}, {problem.message}"


def _summary(
    source: Source, sessions: Sequence[Session], target: Target, *, is_written: bool
) -> tuple[str, str]:
    old = target.sessions
    new = [session for session in sessions if session.id not in old]
    changed = [session for session in sessions if session.id in old and old[session.id] != session]
    gone = sorted(old.keys() - {session.id for session in sessions})
    same = len(sessions) - len(new) - len(changed)
    counts = f"{len(new)} new, {len(changed)} changed, {same} as before, {len(gone)} gone"
    first = f"{source.name}: {len(sessions)} sessions: {counts}{': ' if gone else ''}{', '.join(gone)}"
    if is_written:
        return first, f"written to {target.path.as_posix()}; look through it, and run python -m bot check"
    return first, f"{target.path.as_posix()} exists, and nothing was written: add --replace to replace it"
