"""The state in words, for admins."""

from datetime import datetime

from bot import VERSION
from bot.locales import Words
from bot.outbox.delivery import Lane
from bot.status.state import Setup, State


def in_words(state: State, setup: Setup, now: datetime, words: Words) -> str:
    """A few lines of plain text. `now` is aware, by the host's clock."""
    last = _ago(state.last_update_at, now, words)
    lanes = [state.waiting.get(lane, 0) for lane in Lane]
    return "\n".join(
        [
            words(
                "Version {version}, {mode}, running for {time}",
                version=VERSION,
                mode=_named(setup.mode, words),
                time=words.duration(_minutes(setup.started_at, now)),
            ),
            words("Live revision: {number}", number=state.revision),
            words("Last message received: {time}", time=last),
            words("Waiting to be answered: {number}", number=state.updates_waiting),
            words("Could not be handled: {number}", number=state.updates_quarantined),
            words(
                "Waiting to be sent: replies {replies}, reminders {reminders}, of broadcasts {broadcasts}",
                replies=lanes[0],
                reminders=lanes[1],
                broadcasts=lanes[2],
            ),
            words("Perhaps not received: {number}", number=state.in_doubt),
            words("Participants: {number}, cannot be reached: {gone}", number=state.people, gone=state.gone),
            words(
                "Database: {kind}, {free} MB free on the disk",
                kind=_named(setup.database, words),
                free=setup.free_bytes // 2**20,
            ),
            words("Meaning: {encoder}", encoder=_named(setup.encoder, words)),
        ]
    )


def _named(name: str, words: Words) -> str:
    """A name of the setup for people; that of a model stays."""
    return {
        "polling": words("asks Telegram for messages"),
        "webhook": words("is called by Telegram"),
        "sqlite": "SQLite",
        "postgresql": "PostgreSQL",
        "off: matching by letters and words only": words("off: matching by letters and words only"),
    }.get(name, name)


def _ago(moment: datetime | None, now: datetime, words: Words) -> str:
    if moment is None:
        return words("never")
    return words("{time} ago", time=words.duration(_minutes(moment, now)))


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))
