"""An edited question: the smallest change from what is shown to what should be."""

from typing import Any

from bot.chat.making import MADE
from bot.chat.revise import revise
from bot.outbox.call import Call
from bot.outbox.delivery import SentCall

TEXT = {"text": "Old", "reply_markup": {"inline_keyboard": []}}
REPLY = {"reply_parameters": {"message_id": 3}, "message_thread_id": 8}


def sent(method: str, params: dict[str, Any], *ids: int, photos: tuple[str, ...] = ()) -> SentCall:
    return SentCall(method, params, photos, ids)


def test_a_text_becomes_another_text_in_place() -> None:
    calls = revise([sent("sendMessage", TEXT, 5)], [Call(7, "sendMessage", {"text": "New", **REPLY})])
    assert calls == [Call(7, "editMessageText", {"message_id": 5, "text": "New"})]


def test_a_caption_becomes_another_caption_in_place() -> None:
    old = sent("sendPhoto", {"caption": "Old"}, 5, photos=("a.jpg",))
    calls = revise([old], [Call(7, "sendPhoto", {"caption": "New"}, ("a.jpg",))])
    assert calls == [Call(7, "editMessageCaption", {"message_id": 5, "caption": "New"})]


def test_the_same_answer_needs_no_call() -> None:
    assert revise([sent("sendMessage", {**TEXT, **REPLY}, 5)], [Call(7, "sendMessage", TEXT)]) == []


def test_only_the_part_that_differs_is_edited() -> None:
    old = [sent("sendMessage", {"text": "A"}, 5), sent("sendMessage", {"text": "B"}, 6)]
    calls = revise(old, [Call(7, "sendMessage", {"text": "A"}), Call(7, "sendMessage", {"text": "C"})])
    assert calls == [Call(7, "editMessageText", {"message_id": 6, "text": "C"})]


def test_another_kind_of_message_replaces_the_old_one() -> None:
    new = Call(7, "sendPhoto", {"caption": "New"}, ("a.jpg",))
    assert revise([sent("sendMessage", TEXT, 5)], [new]) == [
        Call(7, "deleteMessages", {"message_ids": [5]}),
        new,
    ]


def test_another_photo_replaces_the_old_one() -> None:
    old = sent("sendPhoto", {"caption": "Same"}, 5, photos=("a.jpg",))
    new = Call(7, "sendPhoto", {"caption": "Same"}, ("b.jpg",))
    assert revise([old], [new])[0].method == "deleteMessages"


def test_another_number_of_messages_replaces_all_albums_included() -> None:
    old = [sent("sendMediaGroup", {"media": []}, 5, 6, photos=("a", "b")), sent("sendMessage", TEXT, 7)]
    new = Call(7, "sendMessage", {"text": "New"})
    assert revise(old, [new]) == [Call(7, "deleteMessages", {"message_ids": [5, 6, 7]}), new]


def test_a_place_stays_when_it_is_the_same_and_is_replaced_when_not() -> None:
    old = [sent("sendMessage", TEXT, 5), sent("sendVenue", {"title": "Hall"}, 6)]
    text = Call(7, "sendMessage", {"text": "New"})
    assert revise(old, [text, Call(7, "sendVenue", {"title": "Hall"})]) == [
        Call(7, "editMessageText", {"message_id": 5, "text": "New"})
    ]
    assert revise(old, [text, Call(7, "sendVenue", {"title": "Port"})])[0].method == "deleteMessages"


def test_a_second_edit_knows_what_the_first_one_did() -> None:
    history = [sent("sendMessage", TEXT, 5), sent("editMessageText", {"message_id": 5, "text": "New"}, 5)]
    assert revise(history, [Call(7, "sendMessage", {"text": "New"})]) == []


def test_what_was_deleted_is_not_edited() -> None:
    history = [
        sent("sendMessage", TEXT, 5),
        sent("deleteMessages", {"message_ids": [5]}),
        sent("sendPhoto", {"caption": "Old"}, 6, photos=("a.jpg",)),
    ]
    calls = revise(history, [Call(7, "sendPhoto", {"caption": "New"}, ("a.jpg",))])
    assert calls == [Call(7, "editMessageCaption", {"message_id": 6, "caption": "New"})]


def test_with_nothing_shown_the_answer_is_sent_anew() -> None:
    new = Call(7, "sendMessage", TEXT)
    assert revise([], [new]) == [new]


def test_a_made_file_of_something_else_replaces_the_old_one() -> None:
    old = sent("sendPhoto", {"caption": "A", MADE: {"day": "2031-05-05"}}, 5)
    new = Call(7, "sendPhoto", {"caption": "A", MADE: {"day": "2031-05-06"}})
    assert revise([old], [new]) == [Call(7, "deleteMessages", {"message_ids": [5]}), new]


def test_a_made_file_stays_while_its_caption_is_edited_again_and_again() -> None:
    made = {MADE: {"day": "2031-05-05"}}
    old = [sent("sendPhoto", {"caption": "A", **made}, 5)]
    for caption in ("B", "C"):
        [edit] = revise(old, [Call(7, "sendPhoto", {"caption": caption, **made})])
        assert edit == Call(7, "editMessageCaption", {"message_id": 5, "caption": caption, **made})
        old.append(sent(edit.method, dict(edit.params), 5))
