"""Links to join: an organizer chooses how long one works, for how many, and what it says of who opens it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection
from telegram import Bot

from bot.assistant.reply import Button
from bot.chat.enrolling import LINK
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.staff.group_people import SHOW
from bot.chat.turn import Turn
from bot.knowledge.model import Programme
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import audit, invitations
from bot.store.invitations import Invitation
from bot.store.roles import Role

CHOOSE = "g-links"
"""The verb of the button that opens the choice; a group follows, or nothing."""
_MAKE, _END = "g-make", "g-end"
_DAYS = {"d": 1, "w": 7}
_EVER, _PROGRAMME = "e", "p"
_ANYBODY = 0
_USES = (_ANYBODY, 1, 10, 30)
_LANGUAGES, _COUNTRIES = "l", "c"
_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """What a link shall be like: all of it stands in each button, in less than 64 bytes."""

    group: str = ""
    lasts: str = _EVER
    uses: int = _ANYBODY
    language: str = ""
    country: str = ""
    listed: str = ""  # the choice that is open: languages, countries or none

    @classmethod
    def parse(cls, argument: str, programme: Programme) -> "Wish":
        """What a button says; anybody may have forged it, and it may be of an older programme."""
        group, _, rest = argument.partition(":")
        lasts, uses, language, country, listed, *_ = [*rest.split("."), "", "", "", "", ""]
        return cls(
            group,
            lasts if lasts in {*_DAYS, _PROGRAMME} else _EVER,
            int(uses) if uses in map(str, _USES) else _ANYBODY,
            language if language in programme.languages else "",
            country if country in programme.countries else "",
            listed,
        )

    def __str__(self) -> str:
        return f"{self.group}:{self.lasts}.{self.uses or ''}.{self.language}.{self.country}.{self.listed}"

    def until(self, turn: Turn) -> datetime | None:
        """When the link ends."""
        if self.lasts == _PROGRAMME:
            return datetime.combine(turn.assistant.knowledge.programme.ends, time.max, turn.zone)
        return turn.moment + timedelta(_DAYS[self.lasts]) if self.lasts in _DAYS else None


def group_links(bot: Bot) -> Feature:
    """The feature, for organizers."""

    async def make(turn: Turn) -> None:
        wish = Wish.parse(turn.argument, turn.assistant.knowledge.programme)
        turn.decide(lambda connection: _made(connection, turn, wish, bot.link))

    return Feature(Role.ORGANIZER, presses={CHOOSE: _choose, _MAKE: make, _END: _end})


async def _choose(turn: Turn) -> None:
    """Shows the choice in place of the message whose button changed it."""
    programme, words = turn.assistant.knowledge.programme, turn.words
    wish = Wish.parse(turn.argument, programme)
    rows = _listed(wish, programme, words) or _form(wish, programme, words)
    text = (
        words("Who opens a link joins group {group}. Which link would you like?", group=wish.group)
        if wish.group
        else words("Who opens a link is enrolled, in no group. Which link would you like?")
    )
    pressed = turn.update.effective_message
    call = message(turn.chat_id, text, rows)
    if ":" in turn.argument and pressed:
        call = replace(
            call, method="editMessageText", params={"message_id": pressed.message_id, **call.params}
        )
    turn.send(call)


def _form(wish: Wish, programme: Programme, words: Words) -> list[tuple[Button, ...]]:
    lasting = {
        _EVER: words("Until it is ended"),
        "d": words("For 24 hours"),
        "w": words("For 7 days"),
        _PROGRAMME: words("Until the programme ends"),
    }
    using = {
        number: words.plural("For {number} person", "For {number} people", number)
        if number
        else words("For everybody")
        for number in _USES
    }
    language = words.name_of(wish.language) if wish.language else words("their own")
    country = words.country(wish.country) if wish.country else words("not said")
    said = [
        (
            Button(
                words("🌐 Language: {language}", language=language),
                _action(replace(wish, listed=_LANGUAGES)),
            ),
        )
    ]
    if programme.countries:
        label = words("🌍 Country: {country}", country=country)
        said.append((Button(label, _action(replace(wish, listed=_COUNTRIES))),))
    return [
        *_in_rows([_option(text, replace(wish, lasts=key), wish) for key, text in lasting.items()]),
        *_in_rows([_option(text, replace(wish, uses=number), wish) for number, text in using.items()]),
        *said,
        (Button(words("🔗 Make the link"), f"{_MAKE}:{wish}"),),
        (Button(_end_label(wish.group, words), f"{_END}:{wish.group}"),),
        *([(Button(words("Back"), f"{SHOW}:{wish.group}"),)] if wish.group else []),
    ]


def _end_label(group: str, words: Words) -> str:
    return words("End all links of this group") if group else words("End all links without a group")


def _listed(wish: Wish, programme: Programme, words: Words) -> list[tuple[Button, ...]]:
    """The languages or countries to choose from, while one of these lists is open."""
    form = replace(wish, listed="")
    if wish.listed == _LANGUAGES:
        found = {"": words("their own"), **{code: words.name_of(code) for code in programme.languages}}
        return _in_rows([_option(text, replace(form, language=code), form) for code, text in found.items()])
    if wish.listed == _COUNTRIES:
        found = {"": words("not said"), **{code: words.country(code) for code in programme.countries}}
        return _in_rows([_option(text, replace(form, country=code), form) for code, text in found.items()])
    return []


def _option(text: str, then: Wish, now: Wish) -> Button:
    return Button(f"☑️ {text}" if then == now else f"◻️ {text}", _action(then))


def _action(wish: Wish) -> str:
    return f"{CHOOSE}:{wish}"


def _in_rows(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[at : at + _COLUMNS]) for at in range(0, len(buttons), _COLUMNS)]


def _made(connection: Connection, turn: Turn, wish: Wish, address: str) -> Sequence[Call]:
    """The link, and in words what it does."""
    words, until = turn.words, wish.until(turn)
    invitation = Invitation(
        group=wish.group or None,
        language=wish.language or None,
        country=wish.country or None,
        made_by=turn.person_id,
        expires_at=until,
        uses_left=wish.uses or None,
    )
    token = invitations.make(connection, invitation, turn.moment)
    audit.note(connection, turn.person_id, "group.link", wish.group, turn.moment)
    local = until.astimezone(turn.zone) if until else None
    lines = [
        words("Send this link to whom it is for. It leads into group {group}:", group=wish.group)
        if wish.group
        else words("Send this link to whom it is for. It enrols who opens it:"),
        f"{address}?start={LINK}-{token}",
        words("It works until {day}, {time}.", day=words.day(local.date()), time=words.time(local.time()))
        if local
        else words("It works until somebody ends it."),
    ]
    if wish.uses:
        lines.append(
            words.plural("It works for {number} person.", "It works for {number} people.", wish.uses)
        )
    if wish.language:
        language = words.name_of(wish.language)
        lines.append(words("Who has chosen no language reads {language} from then on.", language=language))
    if wish.country:
        country = words.country(wish.country)
        lines.append(words("Who opens it comes from this country: {country}.", country=country))
    return [message(turn.chat_id, "\n\n".join([*lines[:2], "\n".join(lines[2:])]))]


async def _end(turn: Turn) -> None:
    """Ends all links into a group."""
    group = turn.argument

    def end(connection: Connection) -> Sequence[Call]:
        number = invitations.end_for_group(connection, group or None)
        audit.note(connection, turn.person_id, "group.links.end", f"{group} {number}", turn.moment)
        text = turn.words.plural(
            "{number} link does not work any more.", "{number} links do not work any more.", number
        )
        return [message(turn.chat_id, text)]

    turn.decide(end)
