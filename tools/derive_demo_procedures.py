"""Derive the procedures of the demonstration from catalogue files: code, name, field and limit are facts.

    python tools/derive_demo_procedures.py FOLDER

FOLDER holds the national list (.csv) and the descriptions (.jsonl.gz). Level, agency, weight, fee, and the limits the
catalogue does not state plainly are chosen for the demonstration; `limit_source` says which.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/congtam/demonstration/catalogue/procedures.csv"
FIELDS = ["code", "name", "field_name", "level", "agency", "limit", "unit", "limit_source", "fee_dong", "weight",
          "online_rate", "late_factor", "steps"]  # fmt: skip
UNITS = {"ngày làm việc": "working_days", "ngày": "calendar_days"}
# code, level, agency (of a province), limit if the catalogue states none, fee, weight, online, late factor, steps
CHOSEN = """
2.000815 commune - 0 4000 300 .10 .3 receive,sign,return
2.000884 commune - 0 10000 80 .08 .3 receive,sign,return
2.000635 commune - 0 8000 100 .45 .4 receive,sign,return
1.001193 commune - - 0 95 .62 .5 receive,examine,sign,return
1.000656 commune - - 0 45 .60 .5 receive,examine,sign,return
1.000894 commune - - 0 40 .40 .5 receive,examine,sign,return
1.004873 commune - - 15000 75 .50 .7 receive,examine,sign,return
1.004884 commune - - 8000 20 .45 1 receive,examine,sign,return
1.001022 commune - - 15000 7 .35 1 receive,examine,sign,return
1.000689 commune - - 15000 7 .35 1 receive,examine,sign,return
1.004859 commune - - 15000 18 .45 1 receive,examine,sign,return
1.004837 commune - - 0 2 .30 1 receive,examine,sign,return
1.000419 commune - - 0 1 .20 1 receive,examine,sign,return
1.001776 commune - 22 0 40 .40 1.6 receive,examine,consult,sign,return
1.001731 commune - 3 0 14 .45 1 receive,examine,sign,return
1.001699 commune - 25 0 18 .35 1.5 receive,examine,consult,sign,return
1.001653 commune - 5 0 4 .40 1 receive,examine,sign,return
2.002307 commune - - 0 3 .30 1.2 receive,examine,consult,sign,return
1.001622 commune - - 0 6 .40 1 receive,examine,sign,return
2.000942 commune - 0 2000 4 .10 .3 receive,sign,return
2.000913 commune - 2 30000 4 .10 .6 receive,examine,sign,return
2.000927 commune - 0 25000 2 .10 .4 receive,sign,return
2.000794 commune - 7 0 1 .40 1 receive,examine,sign,return
1.010736 commune - 15 0 1 .50 1 receive,examine,consult,sign,return
1.001612 district - 3 100000 100 .62 .8 receive,examine,sign,return
2.000720 district - 3 0 50 .60 .8 receive,examine,sign,return
2.000575 district - 3 0 20 .60 .8 receive,examine,sign,return
1.001570 district - 3 0 30 .65 .8 receive,examine,sign,return
1.012753 district - - 100000 55 .30 3 receive,examine,consult,sign,return
1.012783 district - 15 80000 65 .32 2.8 receive,examine,consult,sign,return
1.012784 district - 12 100000 75 .32 3 receive,examine,consult,sign,return
1.013949 district - - 0 30 .30 3 receive,examine,consult,sign,return
1.011441 district - - 80000 120 .48 .5 receive,examine,sign,return
1.011442 district - - 60000 30 .48 .5 receive,examine,sign,return
1.011443 district - - 20000 80 .50 .5 receive,examine,sign,return
1.000893 district - - 75000 8 .35 1 receive,examine,sign,return
1.000094 district - - 1000000 6 .30 1 receive,examine,consult,sign,return
2.000286 district - 22 0 10 .35 1.3 receive,examine,consult,sign,return
1.001639 district - 20 0 2 .50 1 receive,examine,consult,sign,return
1.000713 district - 20 0 3 .55 1 receive,examine,consult,sign,return
1.004645 province H22.10 15 0 20 .78 1 receive,examine,sign,return
1.004623 province H22.10 15 650000 25 .75 1 receive,examine,sign,return
1.001440 province H22.10 10 200000 15 .75 1 receive,examine,sign,return
1.001432 province H22.10 10 650000 15 .75 1 receive,examine,sign,return
1.001029 province H22.10 5 4000000 12 .70 1 receive,examine,consult,sign,return
1.001195 province H22.10 - 500000 6 .70 1 receive,examine,sign,return
1.010827 province H22.07 - 0 40 .55 1.2 receive,examine,sign,return
1.010824 province H22.07 24 0 40 .50 1.4 receive,examine,consult,sign,return
1.010793 province H22.07 12 0 18 .60 1.2 receive,examine,sign,return
1.010812 province H22.07 12 0 6 .50 1.2 receive,examine,sign,return
1.004363 province H22.09 - 500000 22 .70 1 receive,examine,sign,return
1.004756 province H22.09 - 50000 20 .70 1 receive,examine,sign,return
1.005319 province H22.09 - 50000 8 .70 1 receive,examine,sign,return
1.001686 province H22.09 - 230000 16 .70 1 receive,examine,sign,return
1.004122 province H22.08 16 0 8 .70 2 receive,examine,consult,sign,return
1.000049 province H22.08 - 500000 8 .70 1.5 receive,examine,sign,return
1.012756 province H22.08 - 0 22 .60 3 receive,examine,consult,sign,return
1.003580 province H22.06 - 0 14 .80 .8 receive,examine,sign,return
1.012256 province H22.06 - 0 12 .80 .8 receive,examine,sign,return
1.012260 province H22.06 - 0 6 .80 .8 receive,examine,sign,return
1.001138 province H22.06 - 0 4 .70 .8 receive,examine,consult,sign,return
1.003401 province H22.02 - 0 8 .85 .6 receive,examine,sign,return
2.000172 province H22.02 - 0 8 .85 .6 receive,examine,sign,return
1.000998 province H22.02 - 0 6 .85 .6 receive,examine,consult,sign,return
1.009642 province H22.04 - 0 10 .75 2 receive,examine,consult,sign,return
1.009646 province H22.04 - 0 10 .75 2 receive,examine,consult,sign,return
1.013217 province H22.05 - 150000 16 .80 1 receive,examine,sign,return
1.013222 province H22.05 - 2000000 8 .80 1 receive,examine,sign,return
1.000729 province H22.03 - 0 6 .75 .8 receive,examine,sign,return
3.000181 province H22.03 - 0 60 .85 .3 receive,examine,return
3.000466 province H22.03 - 0 20 .70 .5 receive,examine,sign,return
1.000802 province H22.01 - 200000 4 .70 .8 receive,examine,sign,return
1.001216 province H22.01 - 500000 3 .60 1 receive,examine,consult,sign,return
"""


def main() -> None:
    """Read the two files and write the procedures of the demonstration."""
    folder = Path(sys.argv[1])
    names = read_list(folder)
    limits = read_limits(folder)
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(FIELDS)
        for line in CHOSEN.split("\n"):
            if line:
                writer.writerow(row_of(line.split(), names, limits=limits))


def row_of(
    chosen: list[str], names: dict[str, tuple[str, str]], *, limits: dict[str, tuple[str, str]]
) -> list[str]:
    """One line of the result."""
    code, level, agency, own_limit, fee, weight, online, late, steps = chosen
    name, field = names[code]
    limit, unit = limits.get(code, ("", "")) if own_limit == "-" else (own_limit, "working_days")
    if not limit:
        raise SystemExit(f"{code} {name}: the catalogue states no plain limit; choose one")
    source = "catalogue" if own_limit == "-" else "demonstration"
    return [code, name, field, level, agency.strip("-"), limit, unit, source, fee, weight, online, late,
            steps.replace(",", " ")]  # fmt: skip


def read_list(folder: Path) -> dict[str, tuple[str, str]]:
    """Name and field of every code of the national list."""
    path = next(folder.glob("national_catalogue*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {
            row["Mã số"]: (" ".join(row["Tên"].split()), row["Lĩnh vực"]) for row in csv.DictReader(stream)
        }


def read_limits(folder: Path) -> dict[str, tuple[str, str]]:
    """The first plain limit of every procedure described."""
    limits: dict[str, tuple[str, str]] = {}
    with gzip.open(folder / "citizen_structured_2026_dev.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            for method in record["methods"]:
                found = re.fullmatch(r"(\d+) (ngày làm việc|ngày)", method["Thời gian giải quyết"])
                if found:
                    limits.setdefault(record["code"], (found[1], UNITS[found[2]]))
    return limits


if __name__ == "__main__":
    main()
