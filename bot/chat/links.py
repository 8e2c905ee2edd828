"""Which links Telegram makes clickable, and how the others read in plain text."""

import re
from urllib.parse import unquote, urlsplit

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[\w-]{2,}")
_TELEGRAM = re.compile(r"tg://[a-z_]+(\?\S*)?", re.IGNORECASE)
_SAID_WITHOUT_SCHEME = ("mailto:", "tel:")
"""Telegram refuses these as links, but finds the bare address or number in a text by itself."""


def is_linkable(url: str) -> bool:
    """Whether Telegram takes `url` for a text_link: http or https with a host that has a dot, or tg."""
    if _TELEGRAM.fullmatch(url):
        return True
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number, or brackets around no IPv6 address
        return False
    named = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return named and port != 0 and _HOST.fullmatch(host) is not None


def plain_address(url: str) -> str:
    """A link that cannot be clicked, as a person reads it."""
    for scheme in _SAID_WITHOUT_SCHEME:
        if url.lower().startswith(scheme):
            return unquote(url[len(scheme) :]).partition("?")[0]
    return unquote(url)
