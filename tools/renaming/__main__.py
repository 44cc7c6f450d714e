"""Rename by a map: ``python -m tools.renaming check|apply|reverse|compare MAP…``.

``check`` lists what is wrong with a map, ``apply`` carries it out, ``reverse`` leads back to the names of before, and
``compare FOLDER FOLDER`` says whether two checkouts have the same syntax trees.
"""

from __future__ import annotations

import argparse
import ast
import pickle
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

from tools.renaming.apply import Renamer, move_modules
from tools.renaming.entries import Entry, invert, read_maps
from tools.renaming.modules import Project
from tools.renaming.typed import Knowledge, study

CACHE: Final = Path("build/renaming.pickle")


def main() -> int:
    """Run one command; problems are listed, and then nothing is written."""
    parser = argparse.ArgumentParser(prog="python -m tools.renaming", description=__doc__)
    parser.add_argument("command", choices=("check", "apply", "reverse", "compare"))
    parser.add_argument("maps", nargs="+", type=Path)
    parser.add_argument("--root", type=Path, default=Path())
    arguments = parser.parse_args()
    if arguments.command == "compare":
        return _compare(*arguments.maps)
    entries = read_maps(arguments.maps)
    if arguments.command == "reverse":
        entries = invert(entries)
    root = arguments.root.resolve()
    renamer = Renamer(root, entries, _knowledge(root))
    changed = renamer.run()
    problems = [*renamer.problems, *renamer.collisions(), *_unused(renamer, entries)]
    for problem in sorted(set(problems)):
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(entries)} renamings, {len(changed)} files, {len(set(problems))} problems\n")
    if arguments.command == "check" or problems:
        return int(bool(problems))
    for path, content in changed.items():
        path.write_bytes(content)
    move_modules(root, entries)
    return 0


def _compare(one: Path, other: Path) -> int:
    """Name the modules whose trees differ; positions and comments do not count."""
    trees = [
        {module.name: ast.dump(module.tree) for module in Project(root.resolve()).modules.values()}
        for root in (one, other)
    ]
    different = sorted(
        name for name in trees[0].keys() | trees[1].keys() if trees[0].get(name) != trees[1].get(name)
    )
    sys.stdout.write("".join(f"{name} differs\n" for name in different))
    sys.stdout.write(f"{len(trees[0])} modules, {len(different)} differ\n")
    return int(bool(different))


def _unused(renamer: Renamer, entries: list[Entry]) -> list[str]:
    """Entries of nothing: the thing does not exist, or is called otherwise."""
    return [
        f"{entry}: there is no such thing"
        for entry in entries
        if entry.kind != "module"
        and not any((entry.kind, owner, entry.old) in renamer.used for owner in renamer.owners(entry))
    ]


def _knowledge(root: Path) -> Knowledge:
    """What the type checker knows of this very state; kept for the next command."""
    state = _state(root)
    cache = root / CACHE
    if cache.exists():
        kept_state, knowledge = pickle.loads(cache.read_bytes())  # noqa: S301 - our own file
        if kept_state == state and isinstance(knowledge, Knowledge):
            return knowledge
    knowledge = study(root)
    cache.parent.mkdir(exist_ok=True)
    cache.write_bytes(pickle.dumps((state, knowledge)))
    return knowledge


def _state(root: Path) -> str:
    digest = sha256()
    for module in Project(root).modules.values():
        digest.update(module.text.encode())
    return digest.hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
