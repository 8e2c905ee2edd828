"""/kb: admins see what is live, take its files, and send changed ones back."""

import pytest

from bot.knowledge.editing.uploads import packed, unpacked
from tests.chat.conftest import LIBRARY
from tests.chat.staff.knowledge_stage import Stage, labels
from tests.knowledge_folder import HELP, SCHEDULE

CHANGED = LIBRARY.replace("'**Second floor**, room 210.'", "'**Third floor**, room 310.'").encode()


async def test_what_is_live_what_is_sample_and_what_to_look_at(keeping: Stage) -> None:
    text = await keeping.say("/kb")
    assert "Revision 1 is live, from the knowledge folder" in text
    assert "Entries: 7, with 18 phrasings. Places: 2. Sessions: 2. Pictures: 4." in text
    assert "Still sample, so to be replaced (1): desk" in text
    assert "⚠️ " in text
    assert {"20-library.yaml", "schedule.yaml", "All as .zip"} <= set(keeping.buttons())


async def test_files_are_given_as_they_are(keeping: Stage) -> None:
    await keeping.say("/kb")
    await keeping.press("20-library.yaml")
    await keeping.press("All as .zip")
    (name, library), (archive_name, archive) = keeping.files()
    assert (name, library) == ("20-library.yaml", LIBRARY.encode())
    assert archive_name == "knowledge.zip"
    assert unpacked(archive) == keeping.live.files


async def test_a_file_sent_back_is_shown_first_and_live_once_it_is_published(keeping: Stage) -> None:
    text = await keeping.send("20-library.yaml", CHANGED)
    assert "✏️ Entry “Library” (library)" in text
    assert "− **Second floor**, room 210." in text
    assert "+ **Third floor**, room 310." in text
    assert "Third floor, room 310." in keeping.texts()
    assert "room 210" in await keeping.say("Where is the library?", keeping.ana)
    assert (await keeping.press("Publish")).endswith("Live as revision 2.")
    assert "room 310" in await keeping.say("Where is the library?", keeping.ana)
    assert [label for message in keeping.server.sent(keeping.admin) for label in labels(message)] == ["Undo"]


async def test_what_is_discarded_changes_nothing(keeping: Stage) -> None:
    await keeping.send("20-library.yaml", CHANGED)
    offer = keeping.server.sent(keeping.admin)[-1]
    assert "Discarded" in await keeping.press("Discard")
    assert "This was published or discarded already." in await keeping.press("Publish", message=offer)
    assert keeping.live.number == 1


async def test_a_file_with_errors_is_refused_with_all_of_them(keeping: Stage) -> None:
    broken = SCHEDULE.replace("end: 10:30", "end: 25:00").replace("site: port\n", "site: prot\n")
    text = await keeping.send("schedule.yaml", broken.encode())
    assert text.startswith("There are 2 errors, so nothing has changed:")
    assert "schedule.yaml:7: sessions[0].end: '25:00' is not a time" in text
    assert "did you mean 'port'?" in text
    assert keeping.buttons() == []


async def test_errors_and_refusals_are_in_the_language_of_who_sent_the_file(keeping: Stage) -> None:
    await keeping.say("/language")
    await keeping.press("Español")
    broken = SCHEDULE.replace("end: 10:30", "end: 25:00")
    assert "schedule.yaml:7: sessions[0].end: '25:00' no es una hora" in await keeping.send(
        "schedule.yaml", broken.encode()
    )
    assert await keeping.send("k.zip", b"x") == "El archivo está dañado o no es un archivo ZIP."


async def test_many_errors_come_as_a_file_too(keeping: Stage) -> None:
    await keeping.send("schedule.yaml", b"sessions:\n" + b"  - {id: 'NO', wrong: x}\n" * 20)
    [(name, errors)] = keeping.files()
    assert name == "errors.txt"
    assert errors.count(b"schedule.yaml:") > 20


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.yaml.exe", b"x", "Send a .yaml file"),
        ("photo.jpg", b"x", "Send a .yaml file"),
        ("plan.yaml", b" " * 1_000_001, "The file is too large"),
        ("k.zip", b"x" * 20_000_001, "The archive is too large"),
        ("k.zip", b"x", "is damaged"),
        ("../../x.yaml", b"a: b", "is not that of a file"),
    ],
)
async def test_what_is_of_no_use_is_refused(keeping: Stage, name: str, content: bytes, words: str) -> None:
    assert words in await keeping.send(name, content)
    assert keeping.live.number == 1


async def test_what_is_refused_by_name_or_size_is_never_downloaded(keeping: Stage) -> None:
    keeping.server.faults.add("getFile", "400", description="Bad Request: wrong file_id", times=None)
    assert "too large" in await keeping.send("k.zip", b"x" * 20_000_001)
    assert "Send a .yaml file" in await keeping.send("x.exe", b"x")
    assert "I could not get the file" in await keeping.send("20-library.yaml", CHANGED)


async def test_an_archive_of_the_folder_is_taken_and_what_it_drops_is_asked_again(keeping: Stage) -> None:
    files = {name: data for name, data in keeping.live.files.items() if name != "faq/20-library.yaml"}
    text = await keeping.send("knowledge.zip", packed({**files, "notes.txt": b"x"}))
    assert "➖ Entry “Wi-Fi” (wifi)" in text
    assert "notes.txt" in "".join(keeping.texts())
    assert "5 of 7 entries would go. Really?" in await keeping.press("Publish")
    assert keeping.live.number == 1
    assert "Live as revision 2." in await keeping.press("Publish all the same")
    assert "wifi" not in keeping.live.knowledge.entries


async def test_the_same_file_changes_nothing(keeping: Stage) -> None:
    assert await keeping.send("20-library.yaml", LIBRARY.encode()) == "This changes nothing."


async def test_a_long_difference_comes_as_a_file_too(keeping: Stage) -> None:
    entries = "".join(f"  - {{id: new-{n}, title: N{n}, answer: {'x ' * 20}}}\n" for n in range(150))
    text = await keeping.send("90-new.yaml", f"title: New\nentries:\n{entries}".encode())
    assert "more changes" in text
    assert [name for name, _ in keeping.files()] == ["difference.txt"]


async def test_new_warnings_come_before_publishing(keeping: Stage) -> None:
    twin = HELP + "  - {id: twin, title: Twin, questions: [Where is the library?], answer: x}\n"
    text = await keeping.send("10-help.yaml", twin.encode())
    assert "Please look at this first:" in text
    assert "'Where is the library?' is the same as" in text


async def test_only_admins_in_private_have_a_say(keeping: Stage) -> None:
    await keeping.say("/kb", keeping.ana)
    assert "Revision" not in keeping.texts(keeping.ana)[-1]
    assert "cannot open files" in await keeping.send("20-library.yaml", CHANGED, keeping.ana)
    await keeping.send("20-library.yaml", CHANGED)
    offer = keeping.server.sent(keeping.admin)[-1]
    press = await keeping.server.press(offer, "Publish", user=keeping.ana)
    await keeping.settled(keeping.ana)
    assert press.answer and press.answer["text"] == "You may not do this (any more)."
    assert "already" in await keeping.press("Publish", keeping.other_admin, message=offer)
    assert keeping.live.number == 1


async def test_the_second_of_two_admins_sees_that_the_ground_has_moved(keeping: Stage) -> None:
    await keeping.send("20-library.yaml", CHANGED)
    theirs = HELP.replace("08:00–20:00", "07:00–21:00").encode()
    await keeping.send("10-help.yaml", theirs, keeping.other_admin)
    await keeping.press("Publish", keeping.other_admin)
    await keeping.press("Publish")
    moved, *_, again = keeping.texts()[-3:]
    assert "Meanwhile revision 2 has become live (\u2068Bolor\u2069: ✏️ 1 × Entry)" in "".join(keeping.texts())
    assert moved
    assert "Third floor" in again
    assert "07:00" not in again
    assert keeping.live.number == 2
    assert "Live as revision 3." in await keeping.press("Publish")
    assert "07:00–21:00" in keeping.live_text("faq/10-help.yaml")
    assert "Third floor" in keeping.live_text("faq/20-library.yaml")


async def test_an_old_file_shows_that_it_would_undo_what_others_did(keeping: Stage) -> None:
    await keeping.send("20-library.yaml", CHANGED, keeping.other_admin)
    await keeping.press("Publish", keeping.other_admin)
    text = await keeping.send("20-library.yaml", LIBRARY.replace("at *nine*", "at *ten*").encode())
    assert "− **Third floor**" in text
    assert "+ **Second floor**" in text


async def test_an_upload_takes_the_place_of_an_earlier_draft(keeping: Stage) -> None:
    await keeping.send("20-library.yaml", CHANGED)
    first = keeping.server.sent(keeping.admin)[-1]
    await keeping.send("10-help.yaml", HELP.replace("08:00", "06:00").encode())
    assert any("takes the place of your earlier change" in text for text in keeping.texts())
    assert "You have changed more since" in await keeping.press("Publish", message=first)
    assert keeping.live.number == 1
    await keeping.press("Publish")
    assert "Second floor" in keeping.live_text("faq/20-library.yaml")
    assert "06:00" in keeping.live_text("faq/10-help.yaml")


async def test_questions_that_would_get_another_answer_are_named_before_anything_is_live(
    keeping: Stage,
) -> None:
    await keeping.say("Library opening hours please", keeping.ana)
    swapped = LIBRARY.replace("Library opening hours", "How late is it").replace(
        "What are the house rules?", "Library opening hours please"
    )
    text = await keeping.send("20-library.yaml", swapped.encode())
    assert "“Library opening hours please”: library-hours → rules" in text
    assert keeping.live.number == 1
