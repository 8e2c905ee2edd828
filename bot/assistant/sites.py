"""What is said about a place, composed from its fields: nobody writes these answers by hand."""

from collections.abc import Callable
from datetime import date

from bot.assistant import sessions as told
from bot.assistant.entries import follow_up_buttons
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.taxi import taxi_button
from bot.knowledge.model import Session, Site

MOST_VISITS = 4


def site_reply(
    site: Site, ask: str, reader: Reader, *, confidence: float = 1.0, day: date | None = None
) -> Reply:
    """The answer to `ask` (what, where, directions, …) about a site; `day` narrows its sessions to a day."""
    text = _TELL.get(ask, _what)(site, reader, day)
    with_pictures = site.photos if ask in {"pictures", "what"} else ()
    with_pin = ask in {"where", "directions", "bus"}
    taxi = taxi_button(site, reader) if ask == "directions" else None
    return Reply(
        Kind.ANSWER,
        site.id,
        text,
        confidence,
        pictures=reader.pictures(with_pictures),
        place=reader.place(site) if with_pin else None,
        buttons=(
            *(((taxi,),) if taxi else ()),
            _ask_buttons(site, ask, reader),
            *follow_up_buttons(site.follow_ups, reader),
        ),
    )


def visits(site: Site, reader: Reader, day: date | None = None) -> tuple[Session, ...]:
    """The sessions at a site that are not over, at most four; all of them once they are all over."""
    here = [each for each in reader.sessions if each.site == site.id and day in {None, each.date}]
    today = reader.moment.date()
    ahead = [each for each in here if (each.date, each.end) > (today, reader.moment.time())]
    return tuple((ahead or here)[:MOST_VISITS])


def _ask_buttons(site: Site, ask: str, reader: Reader) -> tuple[Button, ...]:
    words = reader.words
    labels = {
        "directions": words("How to get there"),
        "when": words("When we go"),
        "pictures": words("Pictures"),
        "what": words("About"),
    }
    possible = {"directions", "when"} | ({"pictures"} if site.photos else set()) | ({"what"} - {ask})
    shown = {"what", "pictures"} if ask == "what" else {ask}
    return tuple(
        Button(label, f"site:{site.id}:{each}") for each, label in labels.items() if each in possible - shown
    )[:3]


def _what(site: Site, reader: Reader, _day: date | None) -> str:
    parts = [f"**{reader.text(site.name)}** · {reader.text(site.place)}", reader.text(site.about)]
    if site.see:
        parts.append(f"👀 {reader.text(site.see)}")
    return "\n\n".join(parts)


def _where(site: Site, reader: Reader, _day: date | None) -> str:
    words = reader.words
    parts = [words("**{site}** is in {place}.", site=reader.text(site.name), place=reader.text(site.place))]
    if site.address:
        parts.append(words("Address: {address}", address=reader.text(site.address)))
    if site.phone:
        parts.append(f"☎️ {site.phone}")
    if site.approximate:
        parts.append(words("The pin on the map shows the area, not the exact door."))
    return "\n\n".join(parts)


def _directions(site: Site, reader: Reader, day: date | None) -> str:
    words = reader.words
    parts = [f"**{reader.text(site.name)}** · {reader.text(site.place)}"]
    if site.getting_there:
        parts.append(reader.text(site.getting_there))
    buses = _buses(site, reader, day)
    parts += buses
    if site.address:
        parts.append(words("For a taxi, show the driver: {address}", address=_local_address(site)))
    if not buses and not site.getting_there:
        parts.append(words("The schedule names no bus to this place. The pin shows where it is."))
    return "\n\n".join(parts)


def _local_address(site: Site) -> str:
    """The address that is not in English, if there is one: drivers read the local script."""
    addresses = site.address or {}
    return next(
        (text for language, text in addresses.items() if language != "en"), next(iter(addresses.values()), "")
    )


def _buses(site: Site, reader: Reader, day: date | None) -> list[str]:
    """For each visit ahead: its day, and the buses that go there."""
    lines = []
    for session in visits(site, reader, day):
        buses = told.buses_for(session, reader)
        if buses:
            lines.append(
                "\\\n".join([f"**{reader.words.day(session.date)}**", *told.bus_lines(buses, reader)])
            )
    return lines


def _bus(site: Site, reader: Reader, day: date | None) -> str:
    buses = _buses(site, reader, day)
    name = f"**{reader.text(site.name)}**"
    return "\n\n".join([name, *(buses or [reader.words("The schedule names no bus to this place.")])])


def _when(site: Site, reader: Reader, day: date | None) -> str:
    sessions = visits(site, reader, day)
    if not sessions:
        return reader.words("The schedule has nothing at **{site}**.", site=reader.text(site.name))
    cards = "\n\n".join(told.session_card(session, reader) for session in sessions)
    return told.with_zone(cards, reader)


def _duration(site: Site, reader: Reader, day: date | None) -> str:
    words = reader.words
    if site.visit_minutes:
        return words(
            "A visit to **{site}** takes about {duration}.",
            site=reader.text(site.name),
            duration=words.duration(site.visit_minutes),
        )
    return _when(site, reader, day)


def _field(name: str, icon: str) -> Callable[[Site, Reader, date | None], str]:
    """Tells one field of the site, or of its sessions, or says that there is no note about it."""

    def tell(site: Site, reader: Reader, day: date | None) -> str:
        own = getattr(site, name)
        texts = [reader.text(own)] if own else []
        for session in visits(site, reader, day):
            if text := getattr(session, name, None):
                texts.append(f"{reader.text(session.title)}: {reader.text(text)}")
        heading = f"**{reader.text(site.name)}**"
        if not texts:
            note = reader.words("I have no note about that for this place. A person can tell you.")
            return f"{heading}\n\n{note}"
        return "\n\n".join([heading, *(f"{icon} {text}" for text in texts)])

    return tell


def _see(site: Site, reader: Reader, day: date | None) -> str:
    return _field("see", "👀")(site, reader, day) if site.see else _what(site, reader, day)


def _pictures(site: Site, reader: Reader, _day: date | None) -> str:
    if not site.photos:
        return reader.words("I have no picture of **{site}**.", site=reader.text(site.name))
    return f"**{reader.text(site.name)}**"


_TELL: dict[str, Callable[[Site, Reader, date | None], str]] = {
    "what": _what,
    "where": _where,
    "directions": _directions,
    "when": _when,
    "duration": _duration,
    "see": _see,
    "wear": _field("wear", "👔"),
    "bring": _field("bring", "🎒"),
    "photos_allowed": _field("photos_allowed", "📷"),
    "pictures": _pictures,
    "bus": _bus,
}

ASKS = frozenset(_TELL)
"""What can be asked about a site."""
