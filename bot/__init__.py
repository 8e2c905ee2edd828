"""An information assistant for the participants of a programme, in Telegram and in a local preview."""

VERSION = "0.2.0"
