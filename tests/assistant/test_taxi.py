"""The taxi card: what a driver can read, and where it is offered."""

from datetime import datetime

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Reply
from bot.knowledge.loader import load
from tests.assistant.conftest import SEOUL, TUESDAY
from tests.knowledge_folder import SITES, write_folder

NEW = Conversation()


def taxis(reply: Reply) -> list[str]:
    return [b.action for row in reply.buttons for b in row if b.action.startswith("taxi:")]


def press(assistant: Assistant, action: str, moment: datetime = TUESDAY, language: str = "en") -> Reply:
    reply = assistant.press(action, Conversation(language=language), moment)
    assert reply is not None
    return reply


def test_the_way_to_a_site_offers_its_card(assistant: Assistant) -> None:
    assert taxis(press(assistant, "site:pangyo:directions")) == ["taxi:pangyo"]
    assert taxis(press(assistant, "show:pangyo")) == []


def test_every_site_with_a_local_address_has_a_card_with_its_pin(assistant: Assistant) -> None:
    sites = [site for site in assistant.knowledge.sites.values() if site.address and "ko" in site.address]
    assert len(sites) > 3
    for site in sites:
        assert site.address is not None
        card = press(assistant, f"taxi:{site.id}")
        assert f"**{site.address['ko']}**" in card.text.splitlines()
        assert f"# {site.name['ko']}" in card.text.splitlines()
        assert (site.phone or "") in card.text
        assert card.place is not None
        assert (card.place.latitude, card.place.longitude) == (site.latitude, site.longitude)
        assert card.place.address == site.address["ko"]


def test_the_driver_is_asked_in_the_local_language_and_the_reader_told_in_theirs(
    assistant: Assistant,
) -> None:
    lines = press(assistant, "taxi:pangyo", language="es").text.splitlines()
    assert lines[0] == "Muéstrele esto al conductor:"
    assert "이곳으로 가 주세요." in lines


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2016, 10, 13, 13, 5, tzinfo=SEOUL), "pangyo"),  # its bus has left
        (datetime(2016, 10, 13, 14, 30, tzinfo=SEOUL), "pangyo"),  # the visit is on
        (datetime(2016, 10, 17, 7, 0, tzinfo=SEOUL), "next"),
    ],
)
def test_who_missed_the_bus_gets_the_card_of_where_the_others_are(
    assistant: Assistant, moment: datetime, expected: str
) -> None:
    coming = min(
        (s for s in assistant.knowledge.sessions.values() if s.date == moment.date() and s.site),
        key=lambda session: session.start,
    )
    site = coming.site if expected == "next" else expected
    assert taxis(press(assistant, "show:missed-bus", moment)) == [f"taxi:{site}"]


def test_after_the_programme_there_is_nowhere_to_go(assistant: Assistant) -> None:
    assert taxis(press(assistant, "show:missed-bus", datetime(2016, 12, 1, tzinfo=SEOUL))) == []


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Sites whose addresses are in English alone, or missing."""
    sites = SITES.replace("name: Town hall", "name: Town hall\n    address: {en: 1 Main Street}")
    return Assistant(load(write_folder(tmp_path_factory.mktemp("taxi"), sites=sites)))


@pytest.mark.parametrize("site", ["port", "hall"])
def test_a_site_without_a_local_address_has_no_card(plain: Assistant, site: str) -> None:
    assert taxis(press(plain, f"site:{site}:directions")) == []
    old_button = press(plain, f"taxi:{site}")
    assert old_button.text == press(plain, f"site:{site}:directions").text


def test_the_card_of_a_site_that_is_gone_is_told_apart(plain: Assistant) -> None:
    assert plain.press("taxi:gone", NEW, TUESDAY) is None
