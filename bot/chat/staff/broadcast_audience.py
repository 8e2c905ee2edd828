"""Choosing who gets an announcement, and when."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.assistant.reply import Button
from bot.assistant.when import Kind, find_when
from bot.broadcasts.audience import Audience, Outcome
from bot.broadcasts.cards import Card, action, back
from bot.broadcasts.facts import draft_facts
from bot.broadcasts.kept import from_json, to_json
from bot.chat.staff.broadcast_desk import Case
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import broadcasts
from bot.store.reachable import Reachable, reachable

PERSON, WHEN = "broadcast.person", "broadcast.when"
MOST_FOUND = 8  # people offered for one name
_COLUMNS = 2


def show_choices(case: Case) -> Sequence[Call]:
    """By what the audience can be chosen; the values of one such choice, if the button names it."""
    words, row = case.words, case.row
    kinds = _kinds(case)
    if case.value in kinds:
        return _show_values(case, case.value)
    labels = {
        "groups": words("Groups of participants"),
        "languages": words("Languages"),
        "countries": words("Countries"),
        "chats": words("Groups and channels of Telegram"),
    }
    rows = [[Button(words("Everybody"), action("all", row))]]
    rows += [[Button(labels[kind], action("who", row, kind))] for kind, values in kinds.items() if values]
    rows.append([Button(words("One person"), action("person", row))])
    for earlier in broadcasts.latest(case.connection, 3):
        if earlier.asks_receipt and earlier.started_at:
            label = words("Who has not confirmed announcement {number}", number=earlier.id)
            rows.append([Button(label, action("pending", row, str(earlier.id)))])
    rows.append([back(row, words)])
    text = words("Who gets it? Several choices mean those whom all of them fit.")
    return case.put(Card(f"{_number_line(case)}\n\n{text}", tuple(map(tuple, rows))))


def choose_everybody(case: Case) -> Sequence[Call]:
    """No choice at all."""
    return case.revised(audience=to_json(Audience()), about=None)


def choose_pending(case: Case) -> Sequence[Call]:
    """Those who have not confirmed an earlier announcement."""
    about = int(case.value) if case.value.isascii() and case.value.isdigit() else 0
    audience = replace(_audience(case), outcome=Outcome.UNCONFIRMED)
    return case.revised(audience=to_json(audience), about=about)


def toggle(case: Case) -> Sequence[Call]:
    """Takes one value into a choice, or out of it."""
    kind, _, token = case.value.partition(".")
    values = _kinds(case).get(kind, {})
    value = next((value for value in values if _token(value) == token), None)
    if value is None:
        return case.shown()
    audience = _audience(case)
    chosen: tuple[str | int, ...] = getattr(audience, kind)
    changed = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
    after = case.changed(audience={**to_json(audience), kind: changed})
    return _show_values(after, kind) if after else case.shown()


def ask_person(case: Case) -> Sequence[Call]:
    """Asks for a name."""
    case.ask(PERSON)
    return case.say(
        case.words("Who? Send a part of their name, or their @username."),
        ((back(case.row, case.words),),),
    )


def taken_person(case: Case) -> Sequence[Call]:
    """Those of that name, to choose from."""
    asked, words = case.turn.update.message, case.words
    wanted = ((asked.text or "") if asked else "").strip().removeprefix("@").casefold()
    people = [person for person in reachable(case.connection) if person.private]
    found = [p for p in people if wanted and wanted in f"{p.name} {p.username or ''} {p.chat_id}".casefold()]
    if not found:
        return case.say(words("I know nobody of that name. Only who has written to me can be reached."))
    case.close_step()
    rows = [
        (Button(_described(person), action("one", case.row, str(person.chat_id))),)
        for person in found[:MOST_FOUND]
    ]
    return case.say(words("Whom do you mean?"), (*rows, (back(case.row, words),)))


def choose_person(case: Case) -> Sequence[Call]:
    """One person only."""
    chat_id = int(case.value) if case.value.isascii() and case.value.isdigit() else 0
    return case.revised(audience=to_json(Audience(chats=(chat_id,))), about=None)


def ask_when(case: Case) -> Sequence[Call]:
    """Asks for day and time."""
    words = case.words
    case.ask(WHEN)
    text = words(
        "When shall it go out? Write day and time as the participants' clock will show them, such as "
        "‘tomorrow 08:00’ or ‘{example}’. Their clock: {zone}.",
        example=f"{case.turn.moment.astimezone(case.turn.zone):%Y-%m-%d} 18:30",
        zone=case.turn.zone.key,
    )
    return case.say(text, ((Button(words("At once"), action("soon", case.row)),),))


def choose_at_once(case: Case) -> Sequence[Call]:
    """When Send is pressed."""
    case.close_step()
    return case.revised(send_at=None)


def taken_when(case: Case) -> Sequence[Call]:
    """The moment to send at."""
    asked, words = case.turn.update.message, case.words
    knowledge = case.desk.showing.knowledge()
    languages = dict.fromkeys([words.language, *knowledge.programme.languages])
    text = (asked.text or "") if asked else ""
    moment = moment_in(text, case.turn.moment, case.turn.zone, tuple(languages))
    if moment is None:
        return case.say(words("I need a day and a time, such as ‘tomorrow 08:00’."))
    if moment <= case.turn.moment:
        return case.say(words("That is in the past. Write a time to come."))
    case.close_step()
    return case.revised(send_at=moment)


def moment_in(text: str, now: datetime, zone: ZoneInfo, languages: Sequence[str]) -> datetime | None:
    """The moment that somebody wrote: day and time, or a time of today. None when it is not clear.

    An hour that a clock change skips or repeats is read as the first of the two.
    """
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone) if ":" in text else None
    except ValueError:
        pass
    today = now.astimezone(zone).date()
    found = find_when(text, now, zone=zone, starts=today, ends=today, languages=languages)
    unread = set(range(len(text))) - {at for when in found for at in range(when.start, when.end)}
    if any(text[at].isdigit() for at in unread):  # such as a day that the calendar does not have
        return None
    days = {when.first for when in found if when.says_day and when.first == when.last}
    times = {when.after for when in found if when.kind is Kind.CLOCK and when.after == when.before}
    if len(times) != 1 or len(days) > 1:
        return None
    [at] = times
    return datetime.combine(next(iter(days), today), at or time(), zone)


def _show_values(case: Case, kind: str) -> Sequence[Call]:
    """The values of one choice, each with the number of people whom it fits."""
    words, values = case.words, _kinds(case)[kind]
    chosen = getattr(_audience(case), kind)
    buttons = [
        Button(
            f"{'☑️' if value in chosen else '◻️'} {_label(value, kind, values, words)}",
            action("toggle", case.row, f"{kind}.{_token(value)}"),
        )
        for value in values
    ]
    rows = [tuple(buttons[at : at + _COLUMNS]) for at in range(0, len(buttons), _COLUMNS)]
    done = Button(words("Done"), action("card", case.row))
    more = Button(words("‹ More choices"), action("who", case.row))
    return case.put(Card(_number_line(case), (*rows, (more, done))))


def _kinds(case: Case) -> dict[str, Mapping[str | int, str]]:
    """Each choice, with its values and how many people, or which chat, each of them is."""
    people = reachable(case.connection)
    default = case.desk.showing.default_language
    private = [person for person in people if person.private]
    return {
        "groups": _counted(group for person in private for group in person.groups),
        "languages": _counted(person.language or default for person in private),
        "countries": _counted(person.country for person in private if person.country),
        "chats": {person.chat_id: person.name for person in people if not person.private},
    }


def _counted(values: Iterable[str]) -> Mapping[str | int, str]:
    return {value: str(number) for value, number in sorted(Counter(values).items())}


def _label(value: str | int, kind: str, values: Mapping[str | int, str], words: Words) -> str:
    if kind == "chats":
        return values[value]
    named = {"languages": words.name_of, "countries": words.country}.get(kind, str)
    return f"{named(str(value))} ({values[value]})"


def _token(value: str | int) -> str:
    """A short name of a value: a button holds 64 bytes, and a list may have changed when it is pressed."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:8]


def _described(person: Reachable) -> str:
    return f"{person.name} (@{person.username})" if person.username else f"{person.name} ({person.chat_id})"


def _audience(case: Case) -> Audience:
    return from_json(Audience, case.row.audience)


def _number_line(case: Case) -> str:
    facts = draft_facts(case.connection, case.row, case.desk.showing.default_language)
    return case.words.plural("{number} recipient", "{number} recipients", facts.number)
