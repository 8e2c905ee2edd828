"""Why a file cannot be edited as asked."""


class EditError(Exception):
    """Nothing was changed; the words say why, and what to do instead."""
