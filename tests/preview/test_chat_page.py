"""What the page may ask of the server, and what it may not."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.preview.stage import Stage

from .conftest import picture
from .stage import MORNING, set_stage

AMARA, LUCIA, OLIVIA = 7_000_000_001, 7_000_000_002, 7_000_000_003


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = set_stage()
    async with stage.server:
        yield stage


@pytest_asyncio.fixture
async def client(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on the page itself."""
    url = stage.server.url
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as client:
        yield client


def waiting(stage: Stage) -> list[dict[str, Any]]:
    """The updates that wait for the bot, without those about groups."""
    return [update for update in stage.server.world.updates.waiting() if "my_chat_member" not in update]


async def test_the_state_tells_people_chats_and_the_clock(client: httpx.AsyncClient) -> None:
    state = (await client.get("/api/state")).json()
    assert [(one["first_name"], one["role"]) for one in state["people"]] == [
        ("Amara", "participant"),
        ("Lucía", "participant"),
        ("Olivia", "organizer"),
    ]
    assert [chat["type"] for chat in state["chats"]] == ["private", "private", "private", "supergroup"]
    assert state["clock"]["zone"] == "Asia/Seoul"
    assert state["clock"]["now"] == pytest.approx(MORNING.timestamp(), abs=60)
    assert state["clock"]["days"][0] == "2016-10-10"


async def test_a_text_reaches_the_bot_as_the_persons_own(stage: Stage, client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/say", json={"chat_id": AMARA, "user_id": AMARA, "text": " hello "})
    assert answer.status_code == 200
    (update,) = waiting(stage)
    assert (update["message"]["text"], update["message"]["from"]["id"]) == ("hello", AMARA)


async def test_commands_are_shown_in_the_persons_language(stage: Stage, client: httpx.AsyncClient) -> None:
    token = stage.server.token
    for language, words in (("", "Begin"), ("es", "Empezar")):
        command = {"command": "start", "description": words}
        await client.post(
            f"/bot{token}/setMyCommands", json={"commands": [command], "language_code": language}
        )
    for scope in ("all_group_chats", "all_private_chats"):
        command = {"command": "today", "description": scope}
        values = {"commands": [command], "scope": {"type": scope}, "language_code": "es"}
        if scope == "all_group_chats":
            values["language_code"] = ""
        await client.post(f"/bot{token}/setMyCommands", json=values)
    await client.post(f"/bot{token}/setMyDescription", json={"description": "Ask me"})
    chats = (await client.get("/api/state")).json()["chats"]
    assert [chat["commands"][0]["description"] for chat in chats] == [
        "Begin",
        "all_private_chats",
        "Begin",
        "all_group_chats",
    ]
    assert {chat["description"] for chat in chats} == {"Ask me"}


async def test_a_person_edits_only_their_own_texts(stage: Stage, client: httpx.AsyncClient) -> None:
    group = stage.server.world.chats[-1_002_000_000_001 - 0]
    where = {"chat_id": group.id, "user_id": AMARA}
    sent = (await client.post("/api/say", json={**where, "text": "@preview_bot wifi"})).json()
    edit = {**where, "message_id": sent["message_id"], "text": "@preview_bot lunch"}
    assert (await client.post("/api/edit", json={**edit, "user_id": LUCIA})).status_code == 409
    assert (await client.post("/api/edit", json={**edit, "message_id": 99})).status_code == 409
    assert (await client.post("/api/edit", json=edit)).json()["text"] == "@preview_bot lunch"
    assert [next(kind for kind in update if kind != "update_id") for update in waiting(stage)] == [
        "message",
        "edited_message",
    ]


async def test_a_reply_names_the_message_it_answers(stage: Stage, client: httpx.AsyncClient) -> None:
    mine = stage.server.world.post(stage.server.world.chats[AMARA], stage.server.bot, {"text": "Hello"})
    values = {"chat_id": AMARA, "user_id": AMARA, "text": "thanks", "reply_to": mine["message_id"]}
    answer = (await client.post("/api/say", json=values)).json()
    assert answer["reply_to_message"]["text"] == "Hello"


async def test_a_press_calls_the_bot(stage: Stage, client: httpx.AsyncClient) -> None:
    button = {"text": "Go", "callback_data": "go"}
    mine = stage.server.world.post(
        stage.server.world.chats[AMARA],
        stage.server.bot,
        {"text": "x", "reply_markup": {"inline_keyboard": [[button]]}},
    )
    values = {"chat_id": AMARA, "user_id": AMARA, "message_id": mine["message_id"], "data": "go"}
    press_id = (await client.post("/api/press", json=values)).json()["press_id"]
    (update,) = waiting(stage)
    assert (update["callback_query"]["id"], update["callback_query"]["data"]) == (press_id, "go")
    assert (await client.post("/api/press", json={**values, "message_id": 99})).status_code == 409


@pytest.mark.parametrize("what", ["voice", "sticker", "location"])
async def test_things_without_a_file_are_sent(stage: Stage, client: httpx.AsyncClient, what: str) -> None:
    await client.post("/api/send", json={"chat_id": AMARA, "user_id": AMARA, "what": what})
    (update,) = waiting(stage)
    assert what in update["message"]


async def test_photos_and_files_are_sent_and_can_be_seen(stage: Stage, client: httpx.AsyncClient) -> None:
    values = json.dumps({"chat_id": AMARA, "user_id": AMARA, "what": "photo", "caption": "Where?"})
    content = picture()
    photo = (
        await client.post("/api/send", data={"values": values}, files={"file": ("a.jpg", content)})
    ).json()
    assert photo["caption"] == "Where?"
    seen = await client.get(f"/media/{photo['photo'][-1]['file_id']}")
    assert (seen.content, seen.headers["Content-Type"]) == (content, "image/jpeg")
    values = json.dumps({"chat_id": AMARA, "user_id": AMARA, "what": "document"})
    web_file = {"file": ("x.html", b"<script>alert(1)</script>", "text/html")}
    document = (await client.post("/api/send", data={"values": values}, files=web_file)).json()
    seen = await client.get(f"/media/{document['document']['file_id']}")
    assert seen.headers["Content-Type"] == "application/octet-stream"
    assert seen.headers["Content-Disposition"] == "attachment"
    assert (await client.get("/media/unknown")).status_code == 404


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("say", {"chat_id": AMARA, "user_id": LUCIA, "text": "x"}),
        ("say", {"chat_id": 5, "user_id": AMARA, "text": "x"}),
        ("say", {"chat_id": AMARA, "user_id": AMARA, "text": "  "}),
        ("say", {"chat_id": AMARA, "user_id": AMARA, "text": "x" * 4097}),
        ("say", {}),
        ("send", {"chat_id": AMARA, "user_id": AMARA, "what": "photo"}),
        ("send", {"chat_id": AMARA, "user_id": AMARA, "what": "money"}),
        ("persona", {"name": "", "language": "en", "role": "admin"}),
        ("persona", {"name": "X", "language": "xx", "role": "admin"}),
        ("persona", {"name": "X", "language": "en", "role": "king"}),
        ("clock", {"moment": "tomorrow"}),
        ("clock", {"moment": 5}),
        ("clock", {"hours": "many"}),
        ("clock", {"hours": 1e12}),
    ],
)
async def test_nonsense_is_refused_and_changes_nothing(
    stage: Stage, client: httpx.AsyncClient, name: str, values: dict[str, Any]
) -> None:
    answer = await client.post(f"/api/{name}", json=values)
    assert answer.status_code == 400
    assert answer.text
    assert waiting(stage) == []
    assert len(stage.people) == 3
    assert stage.clock() - MORNING < timedelta(minutes=1)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null"])
async def test_a_body_that_is_no_object_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/api/say", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


async def test_the_clock_is_set_in_the_programmes_zone(stage: Stage, client: httpx.AsyncClient) -> None:
    clock = (await client.post("/api/clock", json={"moment": "2016-10-12T14:00"})).json()
    assert clock["now"] == pytest.approx(stage.clock().timestamp(), abs=1)
    assert stage.clock().isoformat().startswith("2016-10-12T05:00")
    await client.post("/api/clock", json={"hours": 24})
    assert stage.clock().isoformat().startswith("2016-10-13T05:00")
    assert not (await client.post("/api/clock", json={})).json()["is_set"]


async def test_new_staff_makes_the_bot_start_again_but_a_participant_does_not(
    stage: Stage, client: httpx.AsyncClient
) -> None:
    started: list[int] = []

    async def start_again() -> None:
        started.append(len(stage.people))

    stage.on_new_staff = start_again
    await client.post("/api/persona", json={"name": "Sok", "language": "km", "role": "participant"})
    assert started == []
    await client.post("/api/persona", json={"name": "Max", "language": "en", "role": "admin"})
    assert started == [5]


async def test_events_are_streamed_as_they_happen(stage: Stage, client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/api/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 1000"
        await stage.server.say(stage.people[0].user, "hello")
        async with asyncio.timeout(30):
            data = next(iter([line async for line in _until_data(lines)]))
    event = json.loads(data.removeprefix("data: "))
    assert (event["kind"], event["chat_id"], event["message"]["text"]) == ("message", AMARA, "hello")


async def _until_data(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    async for line in lines:
        if line.startswith("data: "):
            yield line
            return


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", ""])
async def test_another_host_name_is_refused(stage: Stage, client: httpx.AsyncClient, host: str) -> None:
    for path in ("/", "/api/state", f"/bot{stage.server.token}/getMe"):
        assert (await client.get(path, headers={"Host": host})).status_code in {400, 403}


async def test_localhost_is_as_good_as_its_number(stage: Stage, client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/state", headers={"Host": f"localhost:{stage.server.port}"})
    assert answer.status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_another_site_can_change_nothing(stage: Stage, client: httpx.AsyncClient, origin: str) -> None:
    values = {"chat_id": AMARA, "user_id": AMARA, "text": "x"}
    answer = await client.post("/api/say", json=values, headers={"Origin": origin})
    assert answer.status_code == 403
    assert waiting(stage) == []


async def test_the_page_forbids_itself_everything_from_elsewhere(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/page/style.css", "/page/main.js", "/page/icon.svg"):
        assert (await client.get(path)).status_code == 200
    assert (await client.get("/page/../chat_page.py")).status_code == 404


async def test_no_file_of_the_page_names_another_host(client: httpx.AsyncClient) -> None:
    index = (await client.get("/")).text
    assert "http://" not in index
    assert "https://" not in index
