"""The bot without Telegram: a local Bot API server and a chat page, for people and for tests."""
