"""Settings from the environment and `.env`, typed. The only module that reads the environment."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)


class SettingsError(Exception):
    """Lists every setting that is missing or wrong."""


def _ids(value: object) -> object:
    """`12, 34` → (12, 34)."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
    if any(not part.isdigit() for part in parts):
        raise ValueError("write numeric Telegram ids separated by commas, such as 12345,67890")
    return tuple(int(part) for part in parts)


Ids = Annotated[frozenset[int], BeforeValidator(_ids)]


def _as_telegram_allows(secret: SecretStr) -> SecretStr:
    """Telegram takes these characters only; a short secret could be guessed."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
        raise ValueError("use 16–256 letters, digits, _ or -")
    return secret


WebhookSecret = Annotated[SecretStr, AfterValidator(_as_telegram_allows)]


class Settings(BaseModel):
    """Every setting: its name in capitals is the environment variable."""

    model_config = ConfigDict(frozen=True)

    telegram_bot_token: SecretStr | None = Field(
        None, description="The token that BotFather gave you. Needed by `run`."
    )
    telegram_api_url: Annotated[str, Field(pattern=r"^https?://\S+$")] = Field(
        "https://api.telegram.org", description="Another Bot API server, such as one you host yourself."
    )
    database_url: SecretStr = Field(
        SecretStr("sqlite:///bot.db"), description="Where questions, people and deliveries are kept."
    )
    knowledge_dir: Path = Field(Path("knowledge"), description="The folder of YAML files to answer from.")
    cache_dir: Path = Field(
        Path(".bot-cache"),
        description="What can be made again but takes a while. May be deleted at any time.",
    )
    encoder: str = Field(
        "auto",
        description="Matching by meaning: `auto` (if `.[semantic]` is installed), `off`, or a model for "
        "`.[semantic-hub]`.",
    )
    webhook_url: Annotated[str, Field(pattern=r"^https://\S+$")] | None = Field(
        None, description="Your public https address. When set, Telegram calls you; else the bot polls."
    )
    webhook_secret: WebhookSecret | None = Field(
        None,
        description="Proves that a call is Telegram's: 16–256 letters, digits, _ or -. WEBHOOK_URL needs it.",
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8080, description="The port that listens in webhook mode."
    )
    metrics_token: WebhookSecret | None = Field(
        None,
        description="Opens `/metrics` in webhook mode: 16–256 letters, digits, _ or -. None: no page.",
    )
    admin_ids: Ids = Field(frozenset(), description="Numeric Telegram ids of admins, separated by commas.")
    organizer_ids: Ids = Field(
        frozenset(), description="Numeric Telegram ids of organizers, separated by commas."
    )
    dyno: str | None = Field(
        None,
        description="Set by hosts, such as Heroku, whose processes share no disk: SQLite is refused there.",
    )
    organizers_chat_id: int | None = Field(
        None, description="The group to which questions for people go; `/desk` in a group does the same."
    )
    keep_questions_days: Annotated[int, Field(ge=1, le=365)] = Field(
        30, description="So many days the words of questions without an answer are kept for admins."
    )
    purge_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        30, description="So many days after the programme all that is kept about people is deleted."
    )
    log_level: Annotated[str, Field(pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")] = Field(
        "INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )

    @model_validator(mode="after")
    def _webhook_needs_a_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(
                "WEBHOOK_SECRET: is missing, and WEBHOOK_URL needs it (16–256 letters, digits, _ or -)"
            )
        return self


def read_settings(
    environment: Mapping[str, str] | None = None, *, env_file: Path = Path(".env"), needs_token: bool = False
) -> Settings:
    """Reads the settings; the environment wins over `env_file`, and an empty value counts as not set.

    Raises SettingsError with one line for each problem. Values are never repeated: they may be secret.
    """
    given = {**dotenv_values(env_file), **(os.environ if environment is None else environment)}
    values = {
        name: given[name.upper()] for name in Settings.model_fields if (given.get(name.upper()) or "").strip()
    }
    problems: list[str] = []
    if needs_token and "telegram_bot_token" not in values:
        problems.append(
            "TELEGRAM_BOT_TOKEN: is missing. Ask @BotFather for one, or try `python -m bot preview`."
        )
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            name = "".join(f"{part}".upper() for part in problem["loc"][:1])
            message = problem["msg"].removeprefix("Value error, ")
            problems.append(f"{name}: {message}" if name else message)
    if problems:
        raise SettingsError("\n".join(problems))
    return settings
