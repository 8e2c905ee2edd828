"""What somebody did, in a sentence of the reader's language."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.chat.staff.people import name_of
from bot.knowledge.model import Knowledge, localized
from bot.locales import Words
from bot.store import broadcasts
from bot.store.audit import Deed
from bot.store.broadcasts import Purpose

LONGEST_SUBJECT = 80  # characters; with the names, twenty lines fit into one message


def sentence(connection: Connection, deed: Deed, knowledge: Knowledge, words: Words) -> str:
    """What was done and by whom. What an earlier version noted and no sentence fits is shown as it is."""
    who = words("The bot") if deed.person_id is None else name_of(connection, deed.person_id, words)
    known = {
        **_of_people(connection, deed, who, words),
        **_of_groups(connection, deed, who, words),
        **_of_broadcasts(connection, deed, who, words),
        **_of_knowledge(deed, who, knowledge, words),
    }
    told = known.get(f"{deed.action} {deed.subject.partition(' ')[0]}") or known.get(deed.action)
    return told or f"{who}: {deed.action} {deed.subject[:LONGEST_SUBJECT]}"


def _of_people(connection: Connection, deed: Deed, who: str, words: Words) -> Mapping[str, str]:
    """By the deed and the role it is about; a country stands before whom it is about."""
    first, _, rest = deed.subject.partition(" ")
    other = _person(connection, rest, words)
    return {
        "role.join organizer": words("{who} became an organizer, invited by {other}", who=who, other=other),
        "role.join admin": words("{who} became an admin, invited by {other}", who=who, other=other)
        if other
        else words("{who} became the first admin", who=who),
        "role.take organizer": words("{who} took the role of organizer from {other}", who=who, other=other),
        "role.take admin": words("{who} took the role of admin from {other}", who=who, other=other),
        "link.make organizer": words("{who} made a link for an organizer", who=who),
        "link.make admin": words("{who} made a link for an admin", who=who),
        "links.end": words("{who} ended all links for staff", who=who),
        "admission.decide admitted": words("{who} let {other} in", who=who, other=other),
        "admission.decide refused": words("{who} did not let {other} in", who=who, other=other),
        "desk.choose": words("{who} chose a group that gets the questions of participants", who=who)
        if deed.subject
        else words("{who} had each organizer get the questions of participants again", who=who),
        "country.set": words(
            "{who} noted that {other} comes from {country}",
            who=who,
            other=other,
            country=words.country(first),
        )
        if first in words.locale.territories
        else words("{who} noted that it is not known where {other} comes from", who=who, other=other),
    }


def _of_groups(connection: Connection, deed: Deed, who: str, words: Words) -> Mapping[str, str]:
    """By the deed; its subject is the group, and after a space whom or what sort of link it is about."""
    group, _, rest = deed.subject.partition(" ")
    other = _person(connection, rest, words)
    return {
        "group.join": words("{who} opened a link and joined group {group}", who=who, group=group)
        if group
        else words("{who} opened a link to join", who=who),
        "group.put": words("{who} put {other} into group {group}", who=who, other=other, group=group),
        "group.out": words("{who} took {other} out of group {group}", who=who, other=other, group=group),
        "group.link": words("{who} made a link into group {group}", who=who, group=group)
        if group
        else words("{who} made a link to join, without a group", who=who),
        "group.links.end": words("{who} ended all links into group {group}", who=who, group=group)
        if group
        else words("{who} ended all links to join without a group", who=who),
    }


def _of_broadcasts(connection: Connection, deed: Deed, who: str, words: Words) -> Mapping[str, str]:
    """By the deed, and when it was about a correction or a recall, with the number of what that is about."""
    if not deed.action.startswith("broadcast.") or not _is_number(deed.subject):
        return {}
    row = broadcasts.read(connection, int(deed.subject))
    purpose = row.purpose if row else Purpose.ANNOUNCE
    values = {"who": who, "number": (row.about if row else None) or deed.subject}
    sent = {
        Purpose.CORRECT: words("{who} corrected announcement {number}", **values),
        Purpose.RECALL: words("{who} took back announcement {number}", **values),
    }
    return {
        "broadcast.send": sent.get(purpose) or words("{who} sent announcement {number}", **values),
        "broadcast.schedule": words("{who} set a time for announcement {number}", **values),
        "broadcast.unschedule": words("{who} took the time from announcement {number}", **values),
        "broadcast.pause": words("{who} paused the sending of announcement {number}", **values),
        "broadcast.resume": words("{who} resumed the sending of announcement {number}", **values),
        "broadcast.cancel": words("{who} stopped the sending of announcement {number}", **values),
        "broadcast.again": words("{who} repeated announcement {number} where it was in doubt", **values),
        "broadcast.nudge": words(
            "{who} reminded those who had not confirmed announcement {number}", **values
        ),
    }


def _of_knowledge(deed: Deed, who: str, knowledge: Knowledge, words: Words) -> Mapping[str, str]:
    """By the deed; its subject is a revision or a session, which may have gone meanwhile."""
    found = knowledge.sessions.get(deed.subject)
    title = localized(found.title, words.language, knowledge.default_language) if found else deed.subject
    values = {"who": who, "session": title.strip()}
    return {
        "knowledge.publish": words("{who} published revision {number}", who=who, number=deed.subject),
        "session.move": words("{who} moved the session “{session}”", **values),
        "session.place": words("{who} changed the place of the session “{session}”", **values),
        "session.cancel": words("{who} cancelled the session “{session}”", **values),
    }


def _person(connection: Connection, person_id: str, words: Words) -> str:
    return name_of(connection, int(person_id), words) if _is_number(person_id) else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
