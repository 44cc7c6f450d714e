"""Write a pack to a folder (xuất bộ số liệu): the report, the data behind it, the charts; all of it or nothing."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from congtam.foundation.files import open_file
from congtam.foundation.public import Actor
from congtam.inspections.pack_content import DossierLine, PackFigure
from congtam.inspections.public import (
    InspectionPack,
    PackContent,
    content_of,
    dump,
    flagged_dossiers,
    peers_spec,
    trend_spec,
)
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.spreadsheets import guard_formula
from congtam.reports.actions.documents import pack_document
from congtam.reports.inspection.annexes import RANDOM_REASON
from congtam.typesetting.public import draw_chart


class FolderNotEmpty(DomainError):
    """The folder to write to already holds something."""

    code: ClassVar[str] = "reports.folder_not_empty"
    message: ClassVar[str] = msgid(
        "The folder {folder} is not empty. Choose another folder, or use --force to replace it."
    )


def export_pack(pack: InspectionPack, folder: Path, *, actor: Actor, force: bool = False) -> list[str]:
    """Write everything of a pack into the folder and return the names of the files.

    The files are written beside the folder first and moved there in one step: nobody sees half of them.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not force:
        raise FolderNotEmpty(folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".congtam-") as made:
        ready = Path(made) / "pack"
        ready.mkdir()
        _write_all(pack, ready, actor=actor)
        names = sorted(str(path.relative_to(ready)) for path in ready.rglob("*") if path.is_file())
        _replace_folder(folder, ready, Path(made) / "old")
    return names


def _replace_folder(folder: Path, ready: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        ready.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def _write_all(pack: InspectionPack, folder: Path, *, actor: Actor) -> None:
    content = content_of(pack)
    for form in ("docx", "pdf"):
        document = pack_document(pack, form, actor=actor)
        _copy_file(document.digest, folder / f"report.{form}")
    data = {"key": pack.key, "digest": pack.digest, **dump(content)}
    (folder / "pack.json").write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _write_table(folder / "figures.csv", FIGURE_HEAD, _figure_rows(content))
    _write_table(folder / "flags.csv", FLAG_HEAD, _flag_rows(content, actor))
    if content.flag_list is not None:
        _copy_file(content.flag_list.digest, folder / content.flag_list.name)
    _write_table(folder / "sample.csv", SAMPLE_HEAD, _sample_rows(content))
    _write_charts(content, folder / "charts")


def _copy_file(digest: str, path: Path) -> None:
    with open_file(digest) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)


def _write_charts(content: PackContent, folder: Path) -> None:
    folder.mkdir()
    specs = {f"trend-{trend.code}": trend_spec(trend) for trend in content.trends}
    specs |= {
        f"peers-{line.code}": peers_spec(line, content.unit.code) for line in content.indicators if line.rank
    }
    for name, spec in specs.items():
        (folder / f"{name}.svg").write_text(draw_chart(spec), encoding="utf-8")


FIGURE_HEAD = (
    "code",
    "name",
    "which",
    "unit",
    "period",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "target",
    "meets",
    "rank",
    "rank_best",
    "rank_worst",
    "ranked",
    "definition_version",
    "data_version",
    "map",
    "as_of",
    "digest",
)
FLAG_HEAD = (
    "flag",
    "name",
    "weight",
    "count",
    "code",
    "unit",
    "procedure",
    "received_on",
    "due_on",
    "finished_on",
    "state",
)
SAMPLE_HEAD = (
    "code",
    "unit",
    "procedure",
    "received_on",
    "due_on",
    "finished_on",
    "state",
    "stratum",
    "weight",
    "probability",
    "reasons",
    "reasons_vi",
)


def _figure_rows(content: PackContent) -> Iterable[Sequence[object]]:
    for line in content.indicators:
        rank = line.rank
        rank_cells = (rank.place, rank.best, rank.worst, rank.ranked) if rank else ("", "", "", "")
        for which, receipt in (("now", line.now), ("previous", line.previous), ("last_year", line.last_year)):
            if receipt is not None:
                own = (line.target, line.meets, *rank_cells) if which == "now" else ("",) * 6
                yield (
                    line.code,
                    line.name.vi,
                    which,
                    *_receipt_leading_cells(receipt),
                    *own,
                    *_receipt_trailing_cells(receipt),
                )


def _receipt_leading_cells(receipt: PackFigure) -> tuple[object, ...]:
    return (
        receipt.unit,
        receipt.period,
        receipt.numerator,
        receipt.denominator,
        receipt.value,
        receipt.low,
        receipt.high,
    )


def _receipt_trailing_cells(receipt: PackFigure) -> tuple[object, ...]:
    return (receipt.definition_version, receipt.data_version, receipt.map, receipt.as_of, receipt.digest)


def _flag_rows(content: PackContent, actor: Actor) -> Iterable[Sequence[object]]:
    """Every dossier of every flag; of a pack that does not hold them all, the first."""
    for flag in content.flags:
        for row in flagged_dossiers(content, flag.codes, to=actor) if flag.codes else flag.rows:
            yield (flag.code, flag.name.vi, flag.weight, flag.count, *_sample_row(row))


def _sample_rows(content: PackContent) -> Iterable[Sequence[object]]:
    for line in content.sample.rows:
        names = [content.flag_names[code].vi if code in content.flag_names else code for code in line.reasons]
        yield (
            *_sample_row(line.dossier),
            line.stratum,
            line.weight,
            line.probability,
            " ".join(line.reasons),
            "; ".join(names) or RANDOM_REASON,
        )


def _sample_row(row: DossierLine) -> tuple[object, ...]:
    return tuple(
        getattr(row, name)
        for name in ("code", "unit", "procedure", "received_on", "due_on", "finished_on", "state")
    )


def _write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """CSV with a byte-order mark, so that spreadsheet programs read the Vietnamese letters."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows([guard_formula(cell) for cell in row] for row in rows)
