"""A small, valid knowledge folder for tests, any part of which can be replaced."""

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

PROGRAMME = """\
name: {en: Harbour course, es: Curso del puerto}
starts: 2031-05-05
ends: 2031-05-07
time_zone: Europe/Lisbon
languages: [en, es]
welcome: Welcome to the **Harbour course**!
contact: {name: Front desk, phone: +351-20-000-0001}
cards: {emergency: emergency, contact: desk, help: desk}
sample_questions: [Where is the library?, When is lunch?]
core_entries: [emergency]
"""
SITES = """\
sites:
  - id: port
    name: {en: Old port, es: Puerto viejo}
    aliases: [harbour, docks]
    place: Lisbon
    latitude: 38.7
    longitude: -9.13
    about: Where the ships come in.
    photos: [{file: port.png, caption: The old port}]
  - id: hall
    name: Town hall
    place: Lisbon
    latitude: 38.71
    longitude: -9.14
    about: Where lectures are given.
    visited: false
"""
SCHEDULE = """\
sessions:
  - id: opening
    title: {en: Opening, es: Apertura}
    kind: ceremony
    date: 2031-05-05
    start: 9:30
    end: 10:30
    site: hall
  - id: port-visit
    title: Visit to the port
    kind: visit
    date: 2031-05-06
    start: 14:00
    end: 16:00
    site: port
    buses: [{site: hall, at: 13:15}]
shuttles:
  - {id: morning-bus, dates: [2031-05-05], origin: hall, destination: port, leaves: 08:30}
"""
HELP = """\
title: Help
emoji: 🛟
entries:
  - id: emergency
    title: {en: Emergency, es: Emergencia}
    questions:
      en: [Who do I call in an emergency?, I need an ambulance, police]
      es: [¿A quién llamo en una emergencia?, Necesito una ambulancia, policía]
    answer: {en: Call **112**., es: Llame al **112**.}
    follow_ups: [desk]
  - id: desk
    title: Front desk
    questions: [Where is the front desk?, How do I reach a person?]
    answer: The front desk is in the town hall, 08:00–20:00.
    sample: true
"""
FAQ = {"help": HELP}


def picture(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    """A plain picture, in pixels, as the bytes of a file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return file.getvalue()


def write_folder(
    place: Path,
    *,
    programme: str | bytes = PROGRAMME,
    sites: str | bytes = SITES,
    schedule: str | bytes = SCHEDULE,
    synonyms: str | bytes | None = None,
    faq: Mapping[str, str | bytes] = FAQ,
    photos: Mapping[str, bytes] | None = None,
) -> Path:
    """Writes a knowledge folder into `place` and returns it. Categories are named without `.yaml`."""
    folder = place / "knowledge"
    files = {"programme": programme, "sites": sites, "schedule": schedule}
    files |= {f"faq/{name}": text for name, text in faq.items()}
    if synonyms is not None:
        files["synonyms"] = synonyms
    for below in ("faq", "photos"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        data = text.encode() if isinstance(text, str) else text
        (folder / f"{name}.yaml").write_bytes(data)
    for name, data in ({"port.png": picture()} if photos is None else photos).items():
        (folder / "photos" / name).write_bytes(data)
    return folder
