"""How the bot gets its updates: by asking, or by webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.preview.errors import ApiError, bad_request
from bot.preview.params import Params
from bot.preview.webhook import Pusher
from bot.preview.world import World

Json = dict[str, Any]

DEFAULT_CONNECTIONS = 40
MOST_CONNECTIONS = 100


async def get_updates(world: World, params: Params) -> list[Json]:
    """What happened since the last call."""
    if world.pusher is not None:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    world.updates.allow(params.json("allowed_updates"))
    return await world.updates.get(
        params.integer("offset"), params.integer("limit", 100), params.integer("timeout")
    )


async def set_webhook(world: World, params: Params) -> bool:
    """Sets the address that is called with every update; an empty one turns back to asking.

    As with a Bot API server in local mode, plain http is taken too, for this machine only.
    """
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(world, params)
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise bad_request("invalid webhook URL specified")
    if address.scheme == "http" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    await delete_webhook(world, params)
    world.updates.allow(params.json("allowed_updates"))
    world.updates.stop_poll("terminated by setWebhook request")
    connections = min(max(params.integer("max_connections", DEFAULT_CONNECTIONS), 1), MOST_CONNECTIONS)
    world.pusher = Pusher(
        world.updates,
        url,
        secret=secret,
        max_connections=connections,
        clock=world.clock,
        sleep=world.sleep,
    )
    world.pusher.start()
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """Turns back to asking."""
    if world.pusher is not None:
        await world.pusher.stop()
        world.pusher = None
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


async def get_webhook_info(world: World, _params: Params) -> Json:
    """How the webhook fares."""
    info: Json = {
        "url": world.pusher.url if world.pusher else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting()),
    }
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if world.pusher is not None:
        info["max_connections"] = world.pusher.max_connections
        if world.pusher.last_error:
            info["last_error_message"], info["last_error_date"] = world.pusher.last_error
    return info
