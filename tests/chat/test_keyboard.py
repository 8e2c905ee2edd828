import pytest

from bot.assistant.reply import Button
from bot.chat.keyboard import fitting, keyboard


def row(*labels: str) -> list[Button]:
    return [Button(label, "menu") for label in labels]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["▫️ 15", "▫️ 30", "▫️ 60"], [3]),
        (["📅 Schedule", "📍 Places"], [2]),
        (["▫️ 15 minutes before", "▫️ 30 minutes", "▫️ 1 hour"], [1, 1, 1]),
        (["🌐 Français", "🌐 Tiếng Việt", "🌐 Español"], [1, 2]),
        (["교육 프로그램 안내 자료", "호텔"], [1, 1]),
        (["🩺 សុខភាព និងសុវត្ថិភាព", "📅"], [1, 1]),
        (["A title that is far longer than any phone is wide, wherever it stands"], [1]),
        ([], []),
    ],
)
def test_a_row_is_broken_where_a_phone_would_cut_a_label(labels: list[str], rows: list[int]) -> None:
    parts = list(fitting(row(*labels)))
    assert [len(part) for part in parts] == rows
    assert [button.label for part in parts for button in part] == labels


def test_marks_above_and_below_letters_take_no_room() -> None:
    assert len(list(fitting(row("e\u0301" * 14, "Places")))) == 1


def test_buttons_call_the_bot_or_open_an_address() -> None:
    shown = keyboard([[Button("Menu", "menu")], [Button("Map", url="https://map.example")], []])
    assert shown["reply_markup"]["inline_keyboard"] == [
        [{"text": "Menu", "callback_data": "menu"}],
        [{"text": "Map", "url": "https://map.example"}],
    ]
    assert keyboard([]) == {}
