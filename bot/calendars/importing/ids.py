"""Which session of the old schedule a new one is, so that its id stays; and ids for those that are new."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence

from rapidfuzz import fuzz

from bot.calendars.importing.draft import Draft
from bot.knowledge.fields import ID_PATTERN
from bot.knowledge.model import Session
from bot.matching.normalise import normalise

_LONGEST = 40  # characters of an id
_ALIKE = 70.0  # ratio of rapidfuzz from which two titles at the same time are one that was reworded

SameSession = Callable[[Draft, Session], bool]


def ids_of(drafts: Sequence[Draft], old: Mapping[str, Session], taken: Collection[str]) -> list[str]:
    """An id for each draft, in their order. `taken` are the ids of entries and sites.

    A draft keeps the id of the old session that its own id or UID names; else that of the one with its title
    at its time, or on its day, or anywhere; else that of the one at its time with a title much like its own.
    Each counts only where a single draft and a single session fit each other.
    """
    chosen: dict[int, str] = {}
    for same in (_is_named, _at_its_time, _on_its_day, _has_its_title, _is_reworded):
        chosen |= _pairs(drafts, old, chosen, same)
    used = {*taken, *old, *chosen.values()}
    for at, draft in enumerate(drafts):
        if at not in chosen:
            chosen[at] = _new_id(draft, used)
            used.add(chosen[at])
    return [chosen[at] for at in range(len(drafts))]


def _pairs(
    drafts: Sequence[Draft], old: Mapping[str, Session], chosen: Mapping[int, str], same: SameSession
) -> dict[int, str]:
    """Draft number → id, for those of the rest that fit exactly one old session, which fits no other."""
    kept = set(chosen.values())
    free = [session for session in old.values() if session.id not in kept]
    fitting = {
        at: [session.id for session in free if same(draft, session)]
        for at, draft in enumerate(drafts)
        if at not in chosen
    }
    claimed = [name for names in fitting.values() for name in names]
    return {at: names[0] for at, names in fitting.items() if len(names) == 1 and claimed.count(names[0]) == 1}


def _is_named(draft: Draft, session: Session) -> bool:
    """By its id, by a UID of this bot's own calendars, or by an id that was made from the UID."""
    own = re.match(rf"{re.escape(session.id)}\.\d{{4}}@[^/]*$", draft.uid)
    made = draft.uid and session.id.endswith(f"-{_digest(draft.uid)}")
    return draft.id == session.id or bool(own or made)


def _at_its_time(draft: Draft, session: Session) -> bool:
    return draft.start == session.start and _on_its_day(draft, session)


def _on_its_day(draft: Draft, session: Session) -> bool:
    return draft.date == session.date and _has_its_title(draft, session)


def _has_its_title(draft: Draft, session: Session) -> bool:
    return normalise(draft.title) in map(normalise, session.title.values())


def _is_reworded(draft: Draft, session: Session) -> bool:
    if (draft.date, draft.start) != (session.date, session.start):
        return False
    title = normalise(draft.title)
    return any(fuzz.token_set_ratio(title, normalise(other)) >= _ALIKE for other in session.title.values())


def _new_id(draft: Draft, used: Collection[str]) -> str:
    """The draft's own id, or one of its title. With a UID its digest is part of it, to be found again."""
    own = draft.id if re.fullmatch(ID_PATTERN, draft.id) and len(draft.id) <= _LONGEST else ""
    end = f"-{_digest(draft.uid)}" if draft.uid else ""
    base = own or _slug(draft.title, _LONGEST - len(end)) + end
    number, name = 1, base
    while name in used:
        number += 1
        name = f"{base[: _LONGEST - len(str(number)) - 1].rstrip('-')}-{number}"
    return name


def _slug(title: str, longest: int) -> str:
    """Small letters, digits and hyphens; a title in another script gives a digest of itself."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    if not any(len(word) > 1 and word.isalpha() for word in words):
        return f"session-{_digest(title)}"
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > longest:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or words[0][:longest]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
