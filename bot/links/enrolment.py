"""Links that enrol who opens them: the database keeps their hashes, so each is shown once and never again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.countries import countries_like, country_named
from bot.assistant.reader import Reader
from bot.chat.enrolling import LINK
from bot.knowledge.model import Knowledge, localized
from bot.knowledge.problems import did_you_mean
from bot.links.deep_links import DeepLink, LinksError
from bot.locales import words_in
from bot.settings import Settings
from bot.starting import StartError, migrated
from bot.store import invitations
from bot.store.invitations import Invitation

MOST_AT_ONCE = 500  # 84 pages of codes
_FILE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What was asked for, as it was typed."""

    group: str  # empty: into no group
    country: str | None = None
    language: str | None = None  # one of the programme's
    expires: str | None = None  # days from now, or the last day
    uses: int | None = None  # None: any number
    count: int = 1  # so many different links

    def invitation(self, knowledge: Knowledge, now: datetime) -> Invitation:
        """What each of the links is to give; `now` is an aware datetime. Raises LinksError."""
        if self.uses is not None and self.uses < 1:
            raise LinksError("--uses: write how many people may use a link, such as 1.")
        if not 1 <= self.count <= MOST_AT_ONCE:
            raise LinksError(f"--count: write a number from 1 to {MOST_AT_ONCE}.")
        return Invitation(
            group=_group(self.group, knowledge) if self.group else None,
            language=self.language,
            country=_country(self.country, knowledge) if self.country else None,
            expires_at=_end(self.expires, knowledge, now) if self.expires else None,
            uses_left=self.uses,
        )


async def make_links(
    settings: Settings, invitation: Invitation, count: int, reader: Reader
) -> Sequence[DeepLink]:
    """Makes so many invitations, with titles for who reads them. Raises LinksError."""
    _refuse_a_new_file(settings.database_url.get_secret_value())
    try:
        async with migrated(settings) as database:
            tokens = await database.write(
                lambda connection: [
                    invitations.make(connection, invitation, reader.moment) for _ in range(count)
                ]
            )
    except StartError as error:
        raise LinksError(str(error)) from error
    title = _title(invitation, reader)
    return [DeepLink(f"{LINK}-{token}", title, joins=True) for token in tokens]


def _refuse_a_new_file(url: str) -> None:
    """A link in a database that no bot reads would open nothing."""
    file = Path(url.removeprefix(_FILE))
    if url.startswith(_FILE) and not file.exists():
        raise LinksError(f"There is no database {file} here. Start the bot once, or set DATABASE_URL.")


def described(invitation: Invitation, zone: tzinfo) -> str:
    """What to print of the links: how often and how long each works."""
    number = invitation.uses_left
    often = "any number of times" if number is None else "once" if number == 1 else f"{number} times"
    end = invitation.expires_at
    until = f"until {end.astimezone(zone):%Y-%m-%d %H:%M}" if end else "until it is ended with /group"
    return f"Each works {often}, {until}. Only a hash is kept: keep the links, they are not shown again."


def _title(invitation: Invitation, reader: Reader) -> str:
    """The country first: a long name of the programme is cut on a card."""
    words, programme = reader.words, reader.knowledge.programme
    title = (
        words("Join group {group}", group=invitation.group)
        if invitation.group
        else localized(programme.name, words.language, reader.knowledge.default_language)
    )
    return f"{words.country(invitation.country)} · {title}" if invitation.country else title


def _group(name: str, knowledge: Knowledge) -> str:
    known = plan.groups_in(knowledge.sessions.values())
    if name in known:
        return name
    if not known:
        raise LinksError("--enrol: no session in schedule.yaml names a group. Leave the group out.")
    raise LinksError(
        f"--enrol: no session is for group {name}{did_you_mean(name, known)}. Groups: {', '.join(known)}"
    )


def _country(typed: str, knowledge: Knowledge) -> str:
    languages = knowledge.programme.languages
    if code := country_named(typed, languages):
        return code
    english = words_in("en")
    like = ", ".join(f"{english.country(code)} ({code})" for code in countries_like(typed, languages))
    hint = f" Did you mean {like}?" if like else " Write its code of two letters, such as VN, or its name."
    raise LinksError(f"--country: I know no country called {typed}.{hint}")


def _end(typed: str, knowledge: Knowledge, now: datetime) -> datetime:
    """So many days from now, or the end of a day where the programme is."""
    try:
        end = (
            now + timedelta(int(typed))
            if typed.isascii() and typed.isdigit()
            else datetime.combine(
                date.fromisoformat(typed), time.max, ZoneInfo(knowledge.programme.time_zone)
            )
        )
    except (ValueError, OverflowError):
        raise LinksError("--expires: write a number of days, or the last day, such as 2030-05-21.") from None
    if end <= now:
        raise LinksError(f"--expires: {typed} is over already.")
    return end
