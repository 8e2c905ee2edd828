"""What staff do in the chat: one module a feature, found by command, button, link or open step."""
