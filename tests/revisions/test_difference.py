"""How one revision differs from another."""

from pathlib import Path

from bot.knowledge.loader import load
from bot.revisions.difference import Change, Difference, Field, Kind, difference
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, picture, write_folder


def _difference(
    tmp_path: Path,
    *,
    sites: str = SITES,
    schedule: str = SCHEDULE,
    programme: str = PROGRAMME,
    help_: str = HELP,
    synonyms: str | None = None,
    photo: bytes | None = None,
) -> Difference:
    old = load(write_folder(tmp_path / "old"))
    new = load(
        write_folder(
            tmp_path / "new",
            sites=sites,
            schedule=schedule,
            programme=programme,
            faq={"help": help_},
            synonyms=synonyms,
            photos={"port.png": photo or picture()},
        )
    )
    return difference(old, new)


def test_nothing_is_no_difference(tmp_path: Path) -> None:
    found = _difference(tmp_path)
    assert found.items == ()
    assert found.summary() == "no difference that shows"
    assert found.counts[Kind.ENTRY] == 2


def test_a_comment_is_no_difference(tmp_path: Path) -> None:
    assert _difference(tmp_path, sites=f"# a comment\n{SITES}").items == ()


def test_a_changed_text_is_shown_before_and_after_for_its_language(tmp_path: Path) -> None:
    [item] = _difference(tmp_path, help_=HELP.replace("Llame al **112**", "Llame al **113**")).items
    assert (item.kind, item.id, item.title, item.change) == (
        Kind.ENTRY,
        "emergency",
        "Emergency",
        Change.CHANGED,
    )
    assert item.fields == (Field("answer.es", "Llame al **112**.", "Llame al **113**."),)


def test_times_and_days_are_shown_as_they_are_typed(tmp_path: Path) -> None:
    moved = SCHEDULE.replace("start: 9:30", "start: 9:45").replace("2031-05-06", "2031-05-07")
    first, second = _difference(tmp_path, schedule=moved).items
    assert first.fields == (Field("start", "09:30", "09:45"),)
    assert second.fields == (Field("date", "2031-05-06", "2031-05-07"),)


def test_phrasings_are_lines(tmp_path: Path) -> None:
    [item] = _difference(tmp_path, help_=HELP.replace("police]", "police, fire]")).items
    [field] = item.fields
    assert field.name == "questions.en"
    assert field.after.splitlines()[-2:] == ["police", "fire"]


def test_what_is_added_and_removed_is_counted_and_its_share_known(tmp_path: Path) -> None:
    half = SCHEDULE[: SCHEDULE.index("  - id: port-visit")] + SCHEDULE[SCHEDULE.index("shuttles:") :]
    more = f"{HELP}  - {{id: pool, title: Pool, questions: [pool?], answer: Yes.}}\n"
    found = _difference(tmp_path, schedule=half, help_=more)
    assert found.summary() == "1 entry added, 1 session removed"
    assert found.lost(Kind.SESSION) == 0.5
    assert found.lost(Kind.ENTRY) == found.lost(Kind.SITE) == 0
    assert [item.id for item in found.of(Kind.ENTRY, Change.ADDED)] == ["pool"]


def test_photos_programme_and_synonyms_differ_too(tmp_path: Path) -> None:
    found = _difference(
        tmp_path,
        programme=PROGRAMME.replace("Harbour course, es", "Port course, es"),
        synonyms="groups: [[docks, port]]\n",
        photo=picture(99),
    )
    assert found.summary() == "1 photo changed, programme changed, synonyms changed"


def test_a_renamed_category_is_a_difference(tmp_path: Path) -> None:
    found = _difference(tmp_path, help_=HELP.replace("title: Help", "title: First aid"))
    assert found.summary() == "1 category added, 1 category removed"
