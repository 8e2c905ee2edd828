"""Who gets an announcement: everybody, or those that some choices have in common."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.locales import Words
from bot.store.reachable import Reachable


class Outcome(StrEnum):
    """What an earlier announcement came to at a recipient."""

    DELIVERED = "delivered"
    UNCONFIRMED = "unconfirmed"  # delivered, and 'Understood' not pressed
    NOT_REACHED = "not_reached"  # blocked, refused, cancelled or expired


@dataclass(frozen=True, slots=True)
class Audience:
    """Who has all that is chosen; a choice left empty leaves nobody out.

    Groups of the chat and channels are meant only when they are named in `chats`.
    """

    groups: tuple[str, ...] = ()  # of participants
    or_in_no_group: bool = False  # beside `groups`, those who were put into none
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    chats: tuple[int, ...] = ()
    outcome: Outcome | None = None  # of the broadcast that the announcement is about

    @property
    def everybody(self) -> bool:
        """Whether nothing was chosen."""
        return self == Audience()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets it, and the language in which."""

    chat_id: int
    language: str


def chosen(
    audience: Audience,
    people: Iterable[Reachable],
    default_language: str,
    with_outcome: Callable[[Outcome], set[int]],
) -> list[Recipient]:
    """The recipients among `people`, each once, in their order.

    `with_outcome` says which chats an outcome of the earlier broadcast applies to.
    """
    within = with_outcome(audience.outcome) if audience.outcome else None
    return [
        Recipient(person.chat_id, person.language or default_language)
        for person in people
        if _is_meant(audience, person, default_language) and (within is None or person.chat_id in within)
    ]


def includes(audience: Audience, person: Reachable, default_language: str) -> bool:
    """Whether a newcomer belongs to it. Those of an earlier broadcast's outcome, or named, never are new."""
    return audience.outcome is None and _is_meant(audience, person, default_language)


def described(audience: Audience, words: Words, names: Mapping[int, str]) -> str:
    """The choice in a few words; `names` are those of the chats."""
    if audience.everybody:
        return words("everybody")
    parts = []
    if audience.groups:
        groups = words.list(audience.groups)
        parts.append(
            words("groups {groups}, and who is in no group", groups=groups)
            if audience.or_in_no_group
            else words("groups {groups}", groups=groups)
        )
    if audience.languages:
        names_of = words.list(words.name_of(code) for code in audience.languages)
        parts.append(words("readers of {languages}", languages=names_of))
    if audience.countries:
        countries = words.list(words.country(code) for code in audience.countries)
        parts.append(words("people from {countries}", countries=countries))
    if audience.chats:
        parts.append(words.list(names.get(chat_id, str(chat_id)) for chat_id in audience.chats))
    if audience.outcome:
        parts.append(_outcome_in_words(audience.outcome, words))
    return "; ".join(parts)


def _is_meant(audience: Audience, person: Reachable, default_language: str) -> bool:
    if audience.chats:
        if person.chat_id not in audience.chats:
            return False
    elif not person.private and audience.outcome is None:
        return False
    grouped = bool(person.groups.intersection(audience.groups)) or (
        audience.or_in_no_group and not person.groups
    )
    return (
        (not audience.groups or grouped)
        and (not audience.languages or (person.language or default_language) in audience.languages)
        and (not audience.countries or person.country in audience.countries)
    )


def _outcome_in_words(outcome: Outcome, words: Words) -> str:
    return {
        Outcome.DELIVERED: words("who got it"),
        Outcome.UNCONFIRMED: words("who has not confirmed"),
        Outcome.NOT_REACHED: words("who was not reached"),
    }[outcome]
