"""The taxi card: a site's name and address as the driver reads them, to be shown on the phone."""

from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Place, Reply
from bot.assistant.sessions import day_buses
from bot.knowledge.model import Session, Site
from bot.locales import words_in


def taxi_card(site: Site, reader: Reader) -> Reply | None:
    """The card of a site, with its pin; None for a site without an address in the local script."""
    local = _local_language(site)
    if local is None or site.address is None:
        return None
    words = words_in(local)  # the driver's
    name, address = site.name.get(local) or reader.text(site.name), site.address[local].strip()
    parts = [
        reader.words("Show this to the driver:"),
        words("Please take me to this place."),
        f"# {name}",
        f"**{address}**",
    ]
    if site.phone:
        parts.append(f"☎️ {site.phone}")
    if site.approximate:
        parts.append(reader.words("The pin on the map shows the area, not the exact door."))
    pin = Place(name, address, site.latitude, site.longitude)
    return Reply(Kind.ANSWER, site.id, "\n\n".join(parts), place=pin)


def taxi_button(site: Site, reader: Reader) -> Button | None:
    """A button that shows the card of a site; None when it has none."""
    return Button(reader.words("🚕 Taxi card"), f"taxi:{site.id}") if _local_language(site) else None


def late_button(reader: Reader) -> Button | None:
    """The card of the site that somebody should be at, or be on the way to; None when there is none."""
    site = next((each.site for each in _awaited(reader) if each.site), None)
    return taxi_button(reader.knowledge.sites[site], reader) if site else None


def _awaited(reader: Reader) -> tuple[Session, ...]:
    """Sessions to be late for: first those whose last bus has left, then what is on, then what is next."""
    sessions, moment = reader.sessions, reader.moment
    zone = ZoneInfo(reader.knowledge.programme.time_zone)
    ahead = plan.following(sessions, moment, zone)
    missed = [each for each in ahead if plan.last_bus_left(each, day_buses(each.date, reader), moment)]
    return (*missed, *plan.current(sessions, moment, zone), *ahead)


def _local_language(site: Site) -> str | None:
    """The language of the address that drivers read: one that is not English."""
    return next((language for language in site.address or {} if language != "en"), None)
