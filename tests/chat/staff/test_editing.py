"""/edit: an admin changes one entry by conversation, and sees it as participants will."""

import io

from PIL import Image

from bot.knowledge.editing.by_id import find
from bot.knowledge.editing.edits import read_plain
from bot.locales import words_in
from tests.chat.conftest import LIBRARY
from tests.chat.staff.knowledge_stage import Stage
from tests.knowledge_folder import picture


def field(keeping: Stage, name: str, field_name: str) -> object:
    """A field of an entry in the live files."""
    return find(keeping.live.files, name).value.get(field_name)


async def test_an_entry_is_found_by_id_by_words_or_by_topic(keeping: Stage) -> None:
    assert "Wi-Fi (wifi)" in await keeping.say("/edit wifi")
    await keeping.say("/edit opening hours")
    assert "Opening hours" in keeping.buttons()
    await keeping.say("/edit")
    assert await keeping.say("how do I get online with the wifi password") == "Which one do you mean?"
    assert "Opening hours (library-hours)" not in await keeping.press("Wi-Fi")
    await keeping.say("/edit")
    assert "Which one?" in await keeping.press("Library")
    assert "House rules (rules)" in await keeping.press("House rules")
    assert "I found no such answer" in await keeping.say("/edit xyzzy")


async def test_an_answer_is_changed_seen_and_published(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Answer")
    assert "**Second floor**, room 210." in keeping.texts()
    text = await keeping.say("**Third floor**: room 310, it's new.")
    assert "+ **Third floor**: room 310, it's new." in text
    assert "Third floor: room 310, it's new." in keeping.texts()  # as participants see it
    assert "room 210" in await keeping.say("Where is the library?", keeping.ana)
    assert "Live as revision 2." in await keeping.press("Publish")
    assert keeping.live_text("faq/20-library.yaml") == LIBRARY.replace(
        "'**Second floor**, room 210.'", "'**Third floor**: room 310, it''s new.'"
    )
    assert "room 310" in await keeping.say("Where is the library?", keeping.ana)


async def test_what_was_made_bold_in_the_chat_is_bold_in_the_answer(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Answer")
    message = {"text": "It is on the 3rd floor", "entities": [{"type": "bold", "offset": 13, "length": 9}]}
    keeping.server.inject(
        {"message": {**keeping.server.messages(keeping.admin)[0], "message_id": 900, **message}}
    )
    await keeping.settled()
    await keeping.press("Publish")
    assert field(keeping, "library", "answer") == "It is on the **3rd floor**"


async def test_an_answer_gets_another_language(keeping: Stage) -> None:
    await keeping.say("/edit library")
    assert "There is no answer in Spanish yet." in await keeping.press("Español")
    await keeping.press("Answer")
    await keeping.say("Segundo piso.")
    await keeping.press("Publish")
    assert field(keeping, "library", "answer") == {"en": "**Second floor**, room 210.", "es": "Segundo piso."}


async def test_phrasings_come_and_go(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Phrasings")
    await keeping.say("books to borrow\n\nreading room: where?")
    await keeping.press("Change more")
    await keeping.press("Phrasings")
    text = await keeping.press("❌ Which floor is the library on?")
    assert "+ books to borrow" in text
    assert "− Which floor is the library on?" in text
    await keeping.press("Publish")
    assert field(keeping, "library", "questions") == [
        "Where is the library?",
        "books to borrow",
        "reading room: where?",
    ]
    assert "room 210" in await keeping.say("books to borrow?", keeping.ana)


def from_a_phone() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Maker of phones"
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(file, "JPEG", exif=exif)
    return file.getvalue()


async def test_a_picture_is_checked_cleaned_shown_and_kept_in_the_revision(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Pictures")
    text = await keeping.photo(from_a_phone(), "The door")
    assert "➕ Picture library.jpg" in text
    shown = [message for message in keeping.server.sent(keeping.admin) if "photo" in message]
    assert [message["caption"] for message in shown] == ["The door"]
    await keeping.press("Publish")
    kept = keeping.live.files["photos/library.jpg"]
    assert b"Maker of phones" not in kept
    assert field(keeping, "library", "photos") == [{"file": "library.jpg", "caption": {"en": "The door"}}]
    await keeping.say("Where is the library?", keeping.ana)
    assert "photo" in keeping.server.sent(keeping.ana)[-1]


async def test_pictures_sent_as_files_one_after_the_other_and_taken_away(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Pictures")
    for _ in range(2):
        await keeping.server.send_document(
            keeping.admin, name="IMG.PNG", mime="image/png", content=picture(60, 50)
        )
        await keeping.settled()
    await keeping.press("Publish")
    assert field(keeping, "library", "photos") == [{"file": "library.png"}, {"file": "library-2.png"}]
    await keeping.say("/edit library")
    await keeping.press("Pictures")
    await keeping.press("❌ library.png")
    await keeping.press("Publish")
    assert field(keeping, "library", "photos") == [{"file": "library-2.png"}]
    assert "photos/library.png" not in keeping.live.files


async def test_a_picture_that_cannot_be_used_is_refused_with_a_reason(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Pictures")
    await keeping.server.send_document(
        keeping.admin, name="a.heic", mime="image/heic", content=b"\0\0\0\x18ftypheic"
    )
    assert "This picture is in HEIC format" in await keeping.settled()
    assert "That was no picture" in await keeping.say("here it is")


async def test_a_picture_is_refused_in_the_language_of_who_sent_it(keeping: Stage) -> None:
    await keeping.say("/language")
    await keeping.press("Español")
    await keeping.say("/edit library")
    await keeping.press(words_in("es")("Pictures"))
    await keeping.server.send_document(keeping.admin, name="a.png", mime="image/png", content=b"no picture")
    assert await keeping.settled() == "Esto no es una foto en formato JPEG, PNG o WebP."


async def test_days_are_chosen_or_typed(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Days")
    assert "Until which day" in await keeping.press("Tue 6")
    await keeping.say("2031-05-07")
    await keeping.press("Publish")
    assert field(keeping, "library", "valid") == {"from": "2031-05-06", "until": "2031-05-07"}
    await keeping.say("/edit library")
    await keeping.press("Days")
    assert "from Tuesday, May 6 until Wednesday, May 7" in "".join(keeping.texts())
    assert "I do not understand this day" in await keeping.say("tomorrow")
    await keeping.press("No limit")
    await keeping.press("No limit")
    await keeping.press("Publish")
    assert field(keeping, "library", "valid") is None


async def test_days_in_the_wrong_order_are_refused(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Days")
    await keeping.press("Wed 7")
    assert "There is 1 error, so nothing has changed" in await keeping.press("Mon 5")


async def test_what_is_offered_next_is_found_by_words(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Offered next")
    assert "Which one?" in await keeping.say("When does the library open?")
    await keeping.press("Opening hours")
    await keeping.press("Publish")
    assert field(keeping, "library", "follow_ups") == ["library-hours"]
    await keeping.say("/edit library")
    await keeping.press("Offered next")
    await keeping.press("❌ library-hours")
    await keeping.press("Publish")
    assert field(keeping, "library", "follow_ups") is None


async def test_facts_become_real(keeping: Stage) -> None:
    assert "Marked as sample" in await keeping.say("/edit desk")
    await keeping.press("The facts are real now")
    await keeping.press("Publish")
    assert field(keeping, "desk", "sample") is None


async def test_several_changes_are_published_as_one(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Title")
    await keeping.say("The library")
    await keeping.press("Change more")
    await keeping.press("Answer")
    await keeping.say("Upstairs.")
    await keeping.press("Publish")
    assert keeping.live.number == 2
    assert field(keeping, "library", "title") == "The library"
    assert field(keeping, "library", "answer") == "Upstairs."


async def test_small_edits_of_two_admins_to_one_file_both_stay(keeping: Stage) -> None:
    for user, name, answer in ((keeping.admin, "library", "Up."), (keeping.other_admin, "rules", "Be kind.")):
        await keeping.say(f"/edit {name}", user)
        await keeping.press("Answer", user)
        await keeping.say(answer, user)
    await keeping.press("Publish", keeping.other_admin)
    await keeping.press("Publish")
    assert "Meanwhile revision 2" in "".join(keeping.texts())
    await keeping.press("Publish")
    assert (field(keeping, "library", "answer"), field(keeping, "rules", "answer")) == ("Up.", "Be kind.")


async def test_cancelling_leaves_everything_as_it_was(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Answer")
    assert "Nothing has changed." in await keeping.press("Cancel")
    assert "room 210" in await keeping.say("Where is the library?")


async def test_an_entry_that_is_gone_is_said_to_be(keeping: Stage) -> None:
    await keeping.say("/edit library")
    card = keeping.server.sent(keeping.admin)[-1]
    press = await keeping.server.press(card, data="edit-answer:gone:en")
    await keeping.settled()
    assert press.answer and press.answer["text"] == "This answer is not there any more."


async def test_only_texts_are_taken_for_texts(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Answer")
    await keeping.server.send_sticker(keeping.admin)
    assert await keeping.settled() == "Please send it as a text."


async def test_every_file_stays_readable_whatever_is_typed(keeping: Stage) -> None:
    for text in ("- a list\n- of things: #1", "'quoted'", "*", "back\\slash", "@ana: [x]", "| > {"):
        await keeping.say("/edit library")
        await keeping.press("Answer")
        await keeping.say(text)
        await keeping.press("Publish")
        assert field(keeping, "library", "answer") == text
    assert read_plain(keeping.live.files["faq/20-library.yaml"])


async def test_a_draft_that_what_others_published_stands_against_can_be_discarded(keeping: Stage) -> None:
    await keeping.say("/edit library")
    await keeping.press("Answer")
    await keeping.say("Upstairs.")
    gone = keeping.live_text("faq/20-library.yaml").replace("id: library\n", "id: reading-room\n").encode()
    await keeping.send("20-library.yaml", gone, keeping.other_admin)
    await keeping.press("Publish", keeping.other_admin)
    assert "I cannot change this: nothing has the id 'library'" in await keeping.press("Publish")
    assert keeping.buttons() == ["Discard"]
    await keeping.press("Discard")
    await keeping.say("/edit rules")
    await keeping.press("Answer")
    assert "+ Be kind." in await keeping.say("Be kind.")
