"""The parameters of one call, whether they came as JSON, as a form or as multipart."""

import json
from typing import Any

from aiohttp import web

from bot.preview.errors import bad_request
from bot.preview.files import Upload


class Params:
    """Typed access to what was sent. A form carries everything as text, JSON carries values."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
        self.values = values
        self.uploads = uploads

    def text(self, name: str) -> str:
        """A text, empty when it was not sent."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is no number counts as not sent, as with Telegram."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """A number. Raises 400 when it is missing or is none."""
        if not self.text(name):
            raise bad_request(f"{name} is empty")
        try:
            return float(self.text(name))
        except ValueError:
            raise bad_request(f"{name} is not a number") from None

    def flag(self, name: str) -> bool:
        """True or false."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """An object or a list, None when it was not sent. Raises 400 when it is not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, value: object) -> Upload | None:
        """The file that `attach://name` points at, None when the value points at none."""
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return None


async def read_params(request: web.Request) -> Params:
    """Reads a call's parameters from its query and body. Raises 400 when the body is not what it says."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected")
        values.update({name: value for name, value in body.items() if value is not None})
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.file.read(), value.filename, value.content_type)
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, uploads)
