"""What the system holds a process to that reads or marks a stranger's file."""

from __future__ import annotations

from contextlib import suppress

try:
    import resource
except ImportError:  # Windows: the guard, the scan and the caller's timeout have to hold
    resource = None  # type: ignore[assignment]


def limit_resources(memory: int, cpu_seconds: int) -> None:
    """Hold this process to its memory and time, and keep it from writing files."""
    if resource is None:
        return
    for kind, most, last in (
        ("RLIMIT_AS", memory, memory),
        # A second later than SIGXCPU, which tells the caller why, comes SIGKILL.
        ("RLIMIT_CPU", cpu_seconds, cpu_seconds + 1),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
    ):
        # A system may know a limit and not let it be set (macOS: memory).
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, kind), (most, last))
