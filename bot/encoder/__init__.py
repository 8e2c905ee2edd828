"""Texts become vectors of their meaning, in a process of its own. Knows no knowledge and no chat."""
