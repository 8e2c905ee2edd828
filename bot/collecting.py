"""Keeps the collector of unreachable objects away from what stays as long as the process."""

import gc


def settle() -> None:
    """What is there now stays: collections to come do not look at it.

    With the knowledge and the libraries a full collection stops all threads for 0.1 to 0.3 seconds, again and
    again: in that time messages bunch and answers wait. Called again, it first frees what has gone since.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
