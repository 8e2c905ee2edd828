"""/history and /rollback: admins see what was live, and go back to it."""

from sqlalchemy import delete

from bot.store import audit, revisions
from bot.store.revisions import Origin
from bot.store.tables import revisions as table
from tests.chat.conftest import LIBRARY
from tests.chat.staff.knowledge_stage import Stage


async def _publish(stage: Stage, room: str, by: int | None = None) -> int:
    library = LIBRARY.replace("room 210", f"room {room}").encode()
    files = {**stage.live.files, "faq/20-library.yaml": library}
    return await stage.live.publish(files, by=by, origin=Origin.EDIT if by else Origin.FOLDER)


async def test_the_history_tells_who_changed_what_from_where(keeping: Stage) -> None:
    await keeping.say("Hello")
    await _publish(keeping, "310", by=keeping.admin.id)
    await _publish(keeping, "410")
    text = await keeping.say("/history")
    assert "Revision 3 is live." in text
    third, second, first = text.split("\n\n")[1:]
    assert third.startswith("3 · ")
    assert third.endswith("the folder\n✏️ 1 × Entry")
    assert "Daniel" in second
    assert second.endswith("the chat\n✏️ 1 × Entry")
    assert first.endswith("the folder, at the start")
    assert keeping.buttons() == ["Back to revision 2", "Back to revision 1"]


async def test_going_back_is_shown_first_and_makes_a_new_revision(keeping: Stage) -> None:
    await _publish(keeping, "310")
    text = await keeping.say("/rollback 1")
    assert "Back to revision 1 would change:" in text
    assert "+ **Second floor**, room 210." in text
    assert keeping.live.number == 2
    assert (await keeping.press("Do it")).endswith("Live as revision 3.")
    assert "room 210" in await keeping.say("Where is the library?", keeping.ana)
    newest = await keeping.bot.database.read(revisions.newest)
    assert newest
    assert (newest.number, newest.origin, newest.made_by) == (3, Origin.ROLLBACK, keeping.admin.id)
    deeds = await keeping.bot.database.read(audit.latest)
    assert (deeds[0].action, deeds[0].subject) == ("knowledge.publish", "3")


async def test_going_back_can_be_undone_in_the_same_way(keeping: Stage) -> None:
    await _publish(keeping, "310")
    await keeping.say("/rollback 1")
    await keeping.press("Do it")
    assert "Back to revision 2 would change:" in await keeping.press("Undo")
    await keeping.press("Do it")
    assert "room 310" in await keeping.say("Where is the library?", keeping.ana)


async def test_without_a_number_it_is_back_to_the_one_before(keeping: Stage) -> None:
    await _publish(keeping, "310")
    assert "Back to revision 1 would change:" in await keeping.say("/rollback")


async def test_a_second_admin_sees_that_the_ground_has_moved(keeping: Stage) -> None:
    await _publish(keeping, "310")
    await keeping.say("/rollback 1")
    await _publish(keeping, "410", by=keeping.other_admin.id)
    said = await keeping.press("Do it")
    assert "− **Second floor**, room 410." in said
    assert any("another revision has become live" in text for text in keeping.texts())
    assert keeping.live.number == 3


async def test_a_button_pressed_twice_goes_back_once(keeping: Stage) -> None:
    await _publish(keeping, "310")
    await keeping.say("/rollback 1")
    message = keeping.server.sent(keeping.admin)[-1]
    await keeping.press("Do it", message=message)
    await keeping.press("Do it", message=message)
    assert keeping.live.number == 3


async def test_what_is_not_there_or_the_same_is_said(keeping: Stage) -> None:
    for wrong in ("/rollback 7", "/rollback one", "/rollback -1", "/rollback 99999999999999"):
        assert "There is no such revision" in await keeping.say(wrong)
    assert "the same as what is live" in await keeping.say("/rollback 1")
    await keeping.bot.database.write(lambda connection: connection.execute(delete(table)))
    assert "There is no such revision" in await keeping.say("/rollback 1")


async def test_a_revision_that_this_program_refuses_is_not_gone_back_to(keeping: Stage) -> None:
    await keeping.bot.database.write(
        lambda connection: revisions.add(
            connection,
            "0" * 64,
            {"programme.yaml": b"name: of another time"},
            origin=Origin.EDIT,
            by=None,
            summary="",
            now=keeping.bot.clock(),
        )
    )
    text = await keeping.say("/rollback 2")
    assert "Revision 2 cannot be used any more" in text
    assert "programme.yaml:" in text
    assert keeping.live.number == 1


async def test_participants_have_no_history(keeping: Stage) -> None:
    await _publish(keeping, "310")
    text = await keeping.say("/history", keeping.ana)
    assert "Revision" not in text
