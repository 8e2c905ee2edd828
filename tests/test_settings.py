"""Settings: typed, complete, and every problem in one message."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

NO_FILE = Path("no-such.env")
TOKEN = "123456:" + "a" * 35


def test_nothing_set_gives_the_defaults() -> None:
    settings = read_settings({}, env_file=NO_FILE)
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.knowledge_dir == Path("knowledge")
    assert settings.admin_ids == frozenset()


def test_ids_are_read_from_a_list() -> None:
    assert read_settings({"ADMIN_IDS": "12, 34;56"}, env_file=NO_FILE).admin_ids == {12, 34, 56}


def test_all_problems_come_in_one_message() -> None:
    given = {"PORT": "web", "ADMIN_IDS": "@bob", "LOG_LEVEL": "loud"}
    with pytest.raises(SettingsError) as caught:
        read_settings(given, env_file=NO_FILE, needs_token=True)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["TELEGRAM_BOT_TOKEN", "PORT", "ADMIN_IDS", "LOG_LEVEL"]


def test_a_webhook_needs_a_secret() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        read_settings({"WEBHOOK_URL": "https://bot.example"}, env_file=NO_FILE)


def test_a_wrong_secret_is_not_repeated_in_the_message() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"WEBHOOK_SECRET": "hunter two"}, env_file=NO_FILE)
    assert "hunter" not in str(caught.value)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("PORT=1000\nLOG_LEVEL=DEBUG\n")
    settings = read_settings({"PORT": "2000"}, env_file=env_file)
    assert (settings.port, settings.log_level) == (2000, "DEBUG")


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("PORT=\nWEBHOOK_URL=\n")
    assert read_settings({}, env_file=env_file).webhook_url is None


def test_a_token_does_not_show_when_settings_are_printed() -> None:
    settings = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN}, env_file=NO_FILE)
    assert TOKEN not in repr(settings)


def test_the_readme_names_every_setting_with_its_default() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in readme.splitlines() if line.startswith("| `")}
    for name, field in Settings.model_fields.items():
        assert name.upper() in rows, f"the README's table of settings misses {name.upper()}"
        assert field.description
        assert field.description in rows[name.upper()], f"the README tells another story of {name.upper()}"
