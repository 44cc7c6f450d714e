"""What is wrong with a table of the lake, in words: called after a read has failed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyarrow import parquet

from congtam.kernel.errors import msgid
from congtam.warehouse.domain.facts import LakeUnreadable

_ENTRY_ENDING = ".json"


def explain_fault(
    fact_name: str, folder: Path, error: BaseException, *, version: int, files: Iterable[str] = ()
) -> LakeUnreadable:
    """The refusal that names what is wrong with a folder of the lake (lỗi kho dữ liệu)."""
    reason, data = _folder_fault(folder) or _log_fault(folder / "_delta_log") or _files_fault(tuple(files))
    return LakeUnreadable(fact=fact_name, version=version, reason=reason, detail=_first_line(error), **data)


_Fault = tuple[str, dict[str, Any]]


def _folder_fault(folder: Path) -> _Fault | None:
    for path in (folder.parent, folder, folder / "_delta_log"):
        if path.exists() and not path.is_dir():
            return msgid("{name} is a file instead of a folder"), {"name": path.name}
        if not path.exists():
            return msgid("the folder {name} is missing"), {"name": path.name}
    return None


def _log_fault(log: Path) -> _Fault | None:
    """The first entry that is missing or cannot be read; entries before a checkpoint may have been cleaned away."""
    try:
        entries = sorted(
            path for path in log.iterdir() if path.suffix == _ENTRY_ENDING and path.stem.isdigit()
        )
        if not entries:
            return msgid("its log is empty"), {}
        has_checkpoint = any(log.glob("*.checkpoint*.parquet"))
        expected = int(entries[0].stem) if has_checkpoint else 0
        for entry in entries:
            if int(entry.stem) != expected:
                return msgid("the log entry {name} is missing"), {"name": f"{expected:020}{_ENTRY_ENDING}"}
            if not _is_readable_entry(entry):
                return msgid("the log entry {name} is damaged"), {"name": entry.name}
            expected += 1
    except OSError as error:
        return "{detail}", {"detail": _first_line(error)}
    return None


def _is_readable_entry(entry: Path) -> bool:
    """Whether an entry is lines of JSON objects, at least one."""
    try:
        lines = [json.loads(line) for line in entry.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (ValueError, IsADirectoryError):
        return False
    return bool(lines) and all(isinstance(line, dict) for line in lines)


def _files_fault(paths: tuple[str, ...]) -> _Fault:
    missing = [path for path in paths if not Path(path).is_file()]
    if missing:
        data = {"missing": len(missing), "total": len(paths), "name": Path(missing[0]).name}
        return msgid("{missing} of {total} data files are missing, first {name}"), data
    for path in paths:
        try:
            parquet.read_metadata(path)
        except (OSError, ValueError):
            return msgid("the data file {name} is damaged"), {"name": Path(path).name}
    return ("{detail}", {}) if paths else (msgid("its log does not reach this version"), {})


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
