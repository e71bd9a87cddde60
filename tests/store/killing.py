"""Kill the process that writes, at seeded points, and look at what is left.

    python -m tests.store.killing --points 100 --seed 1

A child sends values, approves, publishes and backs up; it is ended by SIGKILL,
half of the times at a statement or a touch of the file system, half at a moment
of the clock, which also falls inside commits. What is left has to be exactly
the state before or after the step that was under way, with everything that was
acknowledged, every file whole, and no archive that is not whole.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event, func, select

from govmaturity.store import submitting
from govmaturity.store.database import tables as t
from govmaturity.store.database.dialect import is_sound
from govmaturity.store.files import is_whole
from govmaturity.store.moving import backup, content_hash, restore
from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store, open_store
from tests.store.making import OFFICIAL, REVIEWER, UNITS, csv_of, send, small_framework

_FILES = ("open", "os.rename", "os.mkdir", "os.remove", "shutil.move", "tempfile.mkstemp")


@dataclass(frozen=True)
class Run:
    """What a child told before it ended: a hash of the state after each step it finished."""

    states: tuple[str, ...]
    touches: int
    seconds: float
    was_killed: bool


def state_of(store: Store) -> str:
    """All rows as one hash, and how much has been logged."""
    with store.base.reader.begin() as connection:
        logged = connection.execute(select(func.count()).select_from(t.audit)).scalar()
        return f"{content_hash(connection)} {logged}"


def steps(store: Store, archive: Path) -> list[Callable[[], Any]]:
    """What the child does; each step is one transaction, or one archive, and no more."""
    cells = [{unit: {"a": 10 + turn, "b": 20, "r": 2} for unit in UNITS} for turn in range(3)]
    prepared: list[Any] = []

    def prepare(turn: int) -> None:
        content = csv_of(cells[turn])
        made = store.submissions.prepare(OFFICIAL, small_framework(), content, f"{turn}.csv")
        prepared.append(made.receipt)

    def acknowledge() -> None:
        store.submissions.acknowledge(OFFICIAL, prepared[-1].id)

    def decide(kind: str) -> None:
        found = store.submissions.all(REVIEWER)
        if kind == "approve":
            store.reviews.approve(REVIEWER, {one.id: one.number for one in found})
        else:
            store.reviews.reopen(REVIEWER, found[0].id, found[0].number, "again")

    def publish() -> None:
        title = {"zh": "题", "en": "t"}
        store.releases.publish(LOCAL, "made", "1", ["2024"], title=title, licence="CC0-1.0")

    return [
        lambda: prepare(0),
        acknowledge,
        lambda: prepare(1),
        acknowledge,
        lambda: decide("approve"),
        publish,
        lambda: backup(store.base, LOCAL, archive),
        lambda: decide("reopen"),
        publish,
    ]


def child(home: Path, archive: Path, tell: int, kill_at: int | None) -> None:
    """Run all steps, telling each finished one; end by SIGKILL at the n-th touch."""
    seen, is_looking = 0, False
    ids = count(1)
    # The same ids and times in every run, so that states can be compared.
    submitting.uuid4 = lambda: UUID(int=next(ids))
    seconds = count()
    store = open_store(home, lambda: f"2024-05-01T08:00:{next(seconds):06}Z")

    def touch() -> None:
        nonlocal seen
        seen += not is_looking
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(name: str, _: Any) -> None:
        if name in _FILES:
            touch()

    sys.addaudithook(hook)
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, lambda *_: touch())
    for place, step in enumerate(steps(store, archive)):
        step()
        is_looking = True
        state = state_of(store) if kill_at is None else ""
        is_looking = False
        os.write(tell, f"{place} {seen} {state}\n".encode())


def run(home: Path, archive: Path, kill_at: int | None, after: float | None = None) -> Run:
    """Run a child in a process of its own, which is forked so that it need not import anything."""
    reading, tell = os.pipe()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reading)
            child(home, archive, tell, kill_at)
            status = 0
        finally:
            os._exit(status)
    os.close(tell)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    with os.fdopen(reading) as told:
        lines = told.read().splitlines()
    _, status = os.waitpid(pid, 0)
    was_killed = os.WIFSIGNALED(status)
    if not was_killed and os.WEXITSTATUS(status):
        raise RuntimeError("the child failed by itself")
    parts = [line.split(" ", 2) for line in lines]
    touches = int(parts[-1][1]) if parts else 0
    states = tuple(part[2] for part in parts)
    return Run(states, touches, time.monotonic() - started, was_killed)


def faults(home: Path, archive: Path, done: int, states: tuple[str, ...]) -> list[str]:
    """What is wrong with what is left after `done` finished steps; `states[0]` is the start."""
    found = []
    store = open_store(home)
    try:
        state = state_of(store)
        allowed = states[done : done + 2]
        if state not in allowed:
            where = states.index(state) if state in states else "no known state"
            found.append(f"after {done} steps: {where}")
        if not is_sound(store.base.reader):
            found.append("the database is not sound")
        with store.base.reader.begin() as connection:
            named = connection.execute(select(t.kept_file.c.hash)).scalars().all()
        found += [f"file {one}" for one in named if not is_whole(store.base.files, one)]
        for one in store.releases.all(LOCAL):
            if not store.releases.is_sound(one.id):
                found.append(f"release {one.id}")
        if done >= 7 and not archive.is_file():
            found.append("a finished backup is gone")
        if archive.is_file():
            again = home.with_name("again")
            restore(again, LOCAL, archive)
            shutil.rmtree(again)
        if _open(store) and send(store, {UNITS[0]: {"b": 99}}).number is None:
            found.append("nothing more can be sent")
    finally:
        store.close()
    return found


def _open(store: Store) -> bool:
    found = [one for one in store.submissions.all(OFFICIAL) if one.unit == UNITS[0]]
    return not found or found[0].is_open


def kill_at_points(points: int, seed: int, folder: Path) -> list[str]:
    """Kill at so many points and return all faults; they are printed as they are found."""
    random_ = random.Random(seed)
    start = folder / "start"
    first = open_store(start)
    states = (state_of(first),)
    first.close()
    whole = folder / "whole"
    shutil.copytree(start, whole)
    plain = run(whole, folder / "whole.zip", None)
    states += plain.states
    shutil.rmtree(whole)
    shutil.copytree(start, whole)
    # Once more without looking at each state: how long the steps themselves take.
    seconds = run(whole, folder / "whole.zip", -1).seconds
    found: list[str] = []
    killed = 0
    for point in range(points):
        home, archive = folder / "home", folder / "home.zip"
        shutil.copytree(start, home)
        by_touch = point % 2 == 0
        kill_at = random_.randint(1, plain.touches) if by_touch else -1
        after = None if by_touch else random_.uniform(0, seconds)
        ended = run(home, archive, kill_at, after)
        killed += ended.was_killed
        for fault in faults(home, archive, len(ended.states), states):
            told = f"point {point} ({kill_at if by_touch else f'{after:.4f} s'}): {fault}"
            print(told, flush=True)
            found.append(told)
        shutil.rmtree(home)
        archive.unlink(missing_ok=True)
        for left in folder.glob(".part-*"):
            left.unlink()
    print(f"{points} points, {killed} killed, {plain.touches} touches, {len(found)} faults")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--points", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 1 if kill_at_points(chosen.points, chosen.seed, Path(folder)) else 0


if __name__ == "__main__":
    sys.exit(main())
