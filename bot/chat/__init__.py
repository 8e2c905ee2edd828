"""Telegram: updates become questions, replies become Bot API calls. The only room that imports `telegram`."""
