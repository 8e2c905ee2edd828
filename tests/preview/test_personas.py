"""Who can be played at first."""

from bot.preview.personas import Persona, Role, first_cast, ids
from bot.preview.world import User


def test_there_is_a_participant_for_each_language_and_one_of_each_staff() -> None:
    cast = first_cast(["vi", "km", "xx"])
    assert [(person.language, person.role) for person in cast] == [
        ("vi", Role.PARTICIPANT),
        ("km", Role.PARTICIPANT),
        ("xx", Role.PARTICIPANT),
        ("vi", Role.ORGANIZER),
        ("vi", Role.ADMIN),
    ]
    assert all(person.name for person in cast)


def test_without_languages_everybody_speaks_english() -> None:
    assert {person.language for person in first_cast([])} == {"en"}


def test_roles_are_told_by_id() -> None:
    people = [
        Persona(User(1, "A"), Role.PARTICIPANT),
        Persona(User(2, "B"), Role.ORGANIZER),
        Persona(User(3, "C"), Role.ORGANIZER),
    ]
    assert ids(people, Role.ORGANIZER) == {2, 3}
    assert ids(people, Role.ADMIN) == frozenset()
