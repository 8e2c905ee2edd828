"""What organizers write above their columns."""

import pytest

from bot.calendars.importing.headings import column_of, groups_of, kind_of, means_yes


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Title", "title"),
        ("SUBJECT", "title"),
        ("Start Time (KST)", "start"),
        ("Start Date", "date"),
        ("End Date", "end_date"),
        ("Locaton", "location"),
        ("Date:", "date"),
        ("Fecha de comienzo", "date"),
        ("시작 시간", "start"),
        ("제목", "title"),
        ("Địa điểm", "location"),
        ("Байршил", "location"),
        ("ប្រធានបទ", "title"),
        ("Time", "times"),
        ("All day event", "all_day"),
    ],
)
def test_a_heading_is_known_in_any_spelling(heading: str, column: str) -> None:
    assert column_of(heading) == column


@pytest.mark.parametrize("heading", ["Speaker", "Priority", "Reminder Date", "Show time as", "", "№"])
def test_other_headings_are_not_known(heading: str) -> None:
    assert column_of(heading) is None


@pytest.mark.parametrize(
    ("category", "title", "kind"),
    [
        ("Lecture", "Railways", "lecture"),
        ("", "Lecture: Visit of a minister", "lecture"),
        ("", "Site visit: Pangyo", "visit"),
        ("", "Welcome dinner", "meal"),
        ("Field trip", "Dinner at the port", "visit"),
        ("", "현장 방문: 판교", "visit"),
        ("", "Dinner and tour", None),
        ("Green category", "Airports", None),
    ],
)
def test_the_kind_is_what_the_category_or_the_title_names(
    category: str, title: str, kind: str | None
) -> None:
    assert kind_of(category, title) == kind


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("A", ("A",)),
        ("A, B", ("A", "B")),
        ("Group A; Group B", ("A", "B")),
        ("water experts", ("water-experts",)),
        ("All", ()),
        ("", ()),
    ],
)
def test_groups_are_told_apart(text: str, groups: tuple[str, ...]) -> None:
    assert groups_of(text) == groups


def test_yes_is_said_in_many_ways() -> None:
    assert all(map(means_yes, ("Yes", "TRUE", "x", "예", "1")))
    assert not any(map(means_yes, ("no", "False", "", "maybe", "0")))
