"""The file that is written says what it was given, and reads as if a person had written it."""

from datetime import date, time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.schedule_yaml import heading_of, in_order, schedule_text
from bot.knowledge.loader import validated
from bot.knowledge.model import Departure, Schedule, Session, Shuttle
from bot.knowledge.problems import Findings
from bot.knowledge.yaml_text import INVISIBLE
from bot.knowledge.yaml_tree import read_tree

ROOT = Path(__file__).parent.parent.parent.parent


def read_back(text: str) -> Schedule:
    tree, findings = read_tree(text.encode(), "schedule.yaml"), Findings()
    schedule = validated(tree, Schedule, "en", findings)
    assert (tree.findings.problems, findings.problems) == ([], [])
    assert schedule
    return schedule


def test_it_reads_as_a_person_would_write_it() -> None:
    session = Session(
        id="visit",
        title={"en": "Visit: the port", "ko": "방문"},
        kind="visit",
        date=date(2031, 5, 6),
        start=time(9, 5),
        end=time(10),
        site="port",
        buses=(Departure(site="hall", at=time(8, 30)),),
        notes={"en": "Bring a hat.\nAnd water."},
        groups=("A", "B"),
        optional=True,
    )
    shuttle = Shuttle(id="bus", dates=(date(2031, 5, 6),), origin="hall", destination="port", leaves=time(8))
    assert schedule_text([session], [shuttle], language="en", heading="# Ours.") == (
        "# Ours.\n\nsessions:\n\n  # Tuesday 6 May 2031\n"
        "  - id: visit\n    title: {en: 'Visit: the port', ko: 방문}\n    kind: visit\n"
        "    date: 2031-05-06\n    start: 09:05\n    end: 10:00\n    site: port\n"
        "    buses:\n      - {site: hall, at: '08:30'}\n"
        "    notes: |-\n      Bring a hat.\n      And water.\n    optional: true\n    groups: [A, B]\n\n"
        "# Buses that run at the same times on several days.\nshuttles:\n"
        "  - id: bus\n    dates: [2031-05-06]\n    origin: hall\n    destination: port\n    leaves: 08:00\n"
    )


def test_the_projects_own_schedule_comes_back_as_it_is() -> None:
    text = (ROOT / "knowledge" / "schedule.yaml").read_text("utf-8")
    schedule = read_back(text)
    heading = heading_of(text)
    written = schedule_text(schedule.sessions, schedule.shuttles, language="en", heading=heading)
    assert read_back(written).sessions == tuple(sorted(schedule.sessions, key=in_order))
    assert read_back(written).shuttles == schedule.shuttles
    assert written.startswith(heading)


def test_an_empty_schedule_can_be_read() -> None:
    assert read_back(schedule_text([], [], language="en", heading="")).sessions == ()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: bool(text.strip()) and not INVISIBLE.search(text) and "\r" not in text
)


def test_lines_and_blank_lines_come_back_as_they_were() -> None:
    for notes in ("a\n\nb", "a\n", "a\n\n", "a\n\xa0\nb", "a\n  b\n", "“a” b", "- a\n- b"):
        session = Session(
            id="any",
            title={"en": "A"},
            notes={"en": notes},
            date=date(2031, 5, 6),
            start=time(9),
            end=time(10),
        )
        other = session.model_copy(update={"id": "other"})
        text = schedule_text([session, other], [], language="en", heading="")
        assert read_back(text).sessions == (session, other)


@given(
    st.lists(st.dictionaries(st.sampled_from(["en", "ko", "fil"]), TEXTS, min_size=1), min_size=3, max_size=3)
)
def test_any_text_comes_back_as_it_was(texts: list[dict[str, str]]) -> None:
    title, room, notes = texts
    session = Session(
        id="any", title=title, room=room, notes=notes, date=date(2031, 5, 6), start=time(9), end=time(10)
    )
    assert read_back(schedule_text([session], [], language="en", heading="")).sessions == (session,)
