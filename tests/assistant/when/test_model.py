from bot.assistant.when import Part


def test_every_part_of_the_day_ends_after_it_begins_and_is_no_other_part() -> None:
    bounded = [part for part in Part if part.after and part.before]
    assert all(part.after < part.before for part in bounded if part.after and part.before)
    assert len({part.value for part in Part}) == len(Part.__members__)
