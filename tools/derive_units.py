"""Derive the shipped catalogue of units from the tables of vietnamadminunits 1.0.4 (MIT).

The package itself is not a dependency: it pulls in a library under the GPL (see docs/adr). Export its three
tables as CSV (`vau_legacy_02_08.csv`, `vau_2025_08_tuyen_quang.csv`, `map_old_to_new_tuyen_quang.csv`) and run:

    python tools/derive_units.py FOLDER
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

CATALOGUE = Path(__file__).parents[1] / "src" / "congtam" / "org_units" / "catalogue"
REFORM = "2025-07-01"
PROVINCES = "NQ 202/2025/QH15"
COMMUNES = "NQ 1684/NQ-UBTVQH15"
DISTRICTS = "Luật 72/2025/QH15"
KINDS = {
    "Thành phố": "city",
    "Huyện": "district",
    "Phường": "ward",
    "Thị trấn": "township",
    "Xã": "commune",
}
NEW_PROVINCE = "08"
EQUAL_SHARES = "Giả định: chia đều cho các phần, vì chưa có số dân của từng phần; có thể sửa"
DISTRICT_NOTE = "Cấp huyện kết thúc hoạt động; hồ sơ của huyện được quy về tỉnh"
VERSION_FIELDS = [
    "code", "name", "kind", "parent", "valid_from", "valid_until", "legal_source", "longitude", "latitude"
]  # fmt: skip
SUCCESSION_FIELDS = [
    "predecessor", "successor", "on_date", "weight", "whole", "only_forward", "legal_source", "note"
]  # fmt: skip

Row = dict[str, str]


def main() -> None:
    """Read the three tables of a folder and write the two files of the catalogue."""
    folder = Path(sys.argv[1])
    old = read(folder / "vau_legacy_02_08.csv")
    new = read(folder / "vau_2025_08_tuyen_quang.csv")
    mergers = read(folder / "map_old_to_new_tuyen_quang.csv")
    write("versions.csv", VERSION_FIELDS, versions(old, new))
    write("successions.csv", SUCCESSION_FIELDS, successions(old, mergers))


def versions(old: list[Row], new: list[Row]) -> list[Row]:
    """Every version of every code, before the reform and after it."""
    rows = [
        version(NEW_PROVINCE, "Tỉnh Tuyên Quang", "province", until=REFORM),
        version(NEW_PROVINCE, "Tỉnh Tuyên Quang", "province", since=REFORM, source=PROVINCES),
        version("02", "Tỉnh Hà Giang", "province", until=REFORM),
    ]
    districts = {row["districtCode"]: row for row in old}
    for code, row in districts.items():
        at = (row["districtLon"], row["districtLat"])
        kind = KINDS[row["districtType"]]
        rows.append(version(code, row["district"], kind, parent=row["provinceCode"], until=REFORM, place=at))
    for row in old:
        code, kind = row["wardCode"], KINDS[row["wardType"]]
        rows.append(
            version(code, row["ward"], kind, parent=row["districtCode"], until=REFORM, place=place(row))
        )
    for row in new:
        code, kind = row["wardCode"], KINDS[row["wardType"]]
        after = {"since": REFORM, "source": COMMUNES, "place": place(row)}
        rows.append(version(code, row["ward"], kind, parent=NEW_PROVINCE, **after))  # type: ignore[arg-type]
    return sorted(rows, key=lambda row: (row["code"], row["valid_from"]))


def place(row: Row) -> tuple[str, str]:
    """Longitude and latitude of a commune."""
    return row["wardLon"], row["wardLat"]


def version(
    code: str,
    name: str,
    kind: str,
    *,
    parent: str = "",
    since: str = "",
    until: str = "",
    source: str = "",
    place: tuple[str, str] = ("", ""),
) -> Row:
    """One row of versions.csv."""
    return dict(zip(VERSION_FIELDS, (code, name, kind, parent, since, until, source, *place), strict=True))


def successions(old: list[Row], mergers: list[Row]) -> list[Row]:
    """Who took over from whom on the day of the reform."""
    rows = [
        succession("02", NEW_PROVINCE, source=PROVINCES),
        succession(NEW_PROVINCE, NEW_PROVINCE, source=PROVINCES),
    ]
    rows += [
        succession(code, NEW_PROVINCE, source=DISTRICTS, note=DISTRICT_NOTE) | {"only_forward": "yes"}
        for code in sorted({row["districtCode"] for row in old})
    ]
    parts = Counter(row["old_ward_code"] for row in mergers)
    for row in sorted(mergers, key=lambda row: (row["old_ward_code"], row["new_ward_code"])):
        count = parts[row["old_ward_code"]]
        note = EQUAL_SHARES if count > 1 else ""
        rows.append(
            succession(row["old_ward_code"], row["new_ward_code"], parts=count, source=COMMUNES, note=note)
        )
    return rows


def succession(predecessor: str, successor: str, *, parts: int = 1, source: str, note: str = "") -> Row:
    """One row of successions.csv."""
    weight = f"{1 / parts:.10f}".rstrip("0").rstrip(".")
    whole = "yes" if parts == 1 else "no"
    values = (predecessor, successor, REFORM, weight, whole, "no", source, note)
    return dict(zip(SUCCESSION_FIELDS, values, strict=True))


def read(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(name: str, fields: list[str], rows: Iterable[Row]) -> None:
    """Write a file of the catalogue."""
    with (CATALOGUE / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
