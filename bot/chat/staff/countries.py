"""/country: where people come from, so that announcements can go to some countries only."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.assistant.countries import countries_like, country_named
from bot.assistant.reply import Button
from bot.chat.inquiries.naming import number_in
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.staff.group_people import MOST_CHOICES, meant_by, named_in
from bot.chat.staff.people import described, name_of
from bot.chat.turn import Turn
from bot.knowledge.fields import is_country
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import audit, chats
from bot.store.chats import ChatRow
from bot.store.database import Database
from bot.store.reachable import reachable
from bot.store.roles import Role
from bot.store.steps import Step

_LIST, _OF, _SET = "country-list", "country-of", "country-set"
_WHO, _WHERE = "country.who", "country.where"
"""The steps: of whom, and which country."""
_UNKNOWN = "none"
_COLUMNS = 2
Rows = list[tuple[Button, ...]]


def country_keeping(database: Database) -> Feature:
    """The feature, for organizers."""
    countries = _Countries(database)
    return Feature(
        Role.ORGANIZER,
        commands={"country": countries.command},
        presses={_LIST: countries.show, _OF: countries.ask, _SET: countries.choose},
        steps={_WHO: countries.take_person, _WHERE: countries.take_country},
    )


class _Countries:
    """Acts of organizers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def command(self, turn: Turn) -> None:
        """Everybody's countries, or the one of whom the command names."""
        await (self._find(turn, turn.argument) if turn.argument else self.show(turn))

    async def show(self, turn: Turn) -> None:
        """How many come from where, and whose country is not known."""
        turn.step = Step(_WHO, {})
        turn.decide(lambda connection: [_overview(connection, turn)])

    async def take_person(self, turn: Turn) -> None:
        """The name of a person, or a message of theirs."""
        names = named_in(turn.update.message) if turn.update.message else []
        if names:
            await self._find(turn, names[0])
        else:
            turn.say(turn.words("Please send a name, or forward a message of that person."))

    async def ask(self, turn: Turn) -> None:
        """Asks where somebody comes from."""
        if person := number_in(turn.argument):
            await self._ask(turn, person)

    async def take_country(self, turn: Turn) -> None:
        """The name of a country, or what may be one."""
        typed = (turn.update.message.text or "") if turn.update.message else ""
        person = int(turn.step.state["person"]) if turn.step else 0
        words, languages = turn.words, turn.assistant.knowledge.programme.languages
        if code := country_named(typed, languages):
            _change(turn, person, code)
            return
        like = countries_like(typed, languages)
        text = words("Which country do you mean?") if like else words("I know no country of that name.")
        turn.say(text, _country_buttons(turn, person, like))

    async def choose(self, turn: Turn) -> None:
        """A country was pressed, or that it is not known."""
        number, _, code = turn.argument.partition(":")
        person = number_in(number)
        if person and (is_country(code) or code == _UNKNOWN):
            _change(turn, person, None if code == _UNKNOWN else code)

    async def _find(self, turn: Turn, name: str) -> None:
        """Asks for the country of whom a name means; offers those whom it may mean, if there are several."""
        words = turn.words
        found = await self._database.read(lambda connection: meant_by(name, _participants(connection)))
        if not found:
            turn.say(words("I know nobody of that name. Only who has written to me can be reached."))
        elif len(found) == 1:
            await self._ask(turn, found[0].chat_id)
        else:
            rows = await self._database.read(lambda connection: _people_buttons(connection, turn, found))
            turn.say(words("Whom do you mean?"), rows)

    async def _ask(self, turn: Turn, person: int) -> None:
        words = turn.words
        known = await self._database.read(lambda connection: _standing(connection, person, words))
        how = words("Choose a country, or write its name. /country goes back to the list.")
        turn.step = Step(_WHERE, {"person": person})
        offered = turn.assistant.knowledge.programme.countries
        turn.say(f"{known}\n\n{how}", _country_buttons(turn, person, offered))


def _change(turn: Turn, person: int, code: str | None) -> None:
    turn.step = None

    def change(connection: Connection) -> Sequence[Call]:
        chats.set_country(connection, person, code)
        audit.note(connection, turn.person_id, "country.set", f"{code or _UNKNOWN} {person}", turn.moment)
        rows = ((Button(turn.words("Countries"), _LIST),),)
        return [message(turn.chat_id, _standing(connection, person, turn.words), rows)]

    turn.decide(change)


def _standing(connection: Connection, person: int, words: Words) -> str:
    row, name = chats.read(connection, person), name_of(connection, person, words)
    if row and row.country:
        return words("{person} comes from {country}.", person=name, country=words.country(row.country))
    return words("I do not know where {person} comes from.", person=name)


def _overview(connection: Connection, turn: Turn) -> Call:
    words = turn.words
    people = _participants(connection)
    counted = Counter(words.country(row.country) for row in people if row.country)
    unknown = [row for row in people if row.country is None]
    numbers = [*sorted(counted.items()), (words("Not known"), len(unknown))]
    lines = [
        ": ".join([name, words.plural("{number} person", "{number} people", number)])
        for name, number in numbers
    ]
    how = words("Of whom? Send a name or @username, forward a message of that person, or choose one.")
    text = "\n\n".join([words("Where people come from"), "\n".join(lines), how])
    return message(turn.chat_id, text, _people_buttons(connection, turn, unknown))


def _participants(connection: Connection) -> list[ChatRow]:
    """Everybody who could get an announcement."""
    ids = {person.chat_id for person in reachable(connection) if person.private}
    return [row for row in chats.everybody(connection) if row.chat_id in ids]


def _people_buttons(connection: Connection, turn: Turn, people: Sequence[ChatRow]) -> Rows:
    return [
        (Button(described(connection, row.chat_id, turn.words), f"{_OF}:{row.chat_id}"),)
        for row in people[:MOST_CHOICES]
    ]


def _country_buttons(turn: Turn, person: int, codes: Sequence[str]) -> Rows:
    buttons = [Button(turn.words.country(code), f"{_SET}:{person}:{code}") for code in codes]
    rows = [tuple(buttons[at : at + _COLUMNS]) for at in range(0, len(buttons), _COLUMNS)]
    return [*rows, (Button(turn.words("Not known"), f"{_SET}:{person}:{_UNKNOWN}"),)]
