"""HTTP both ways: updates polled from Telegram or pushed by it, and a health page."""
