"""What a catalogue says about a procedure at one time, how sources add up, and how two versions differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from decimal import Decimal
from typing import Any, Final, cast

from congtam.forms.definitions import FormField, fields_from_json, fields_to_json
from congtam.kernel.vietnamese import comparison_key
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.domain.time_limits import Amount, Condition, ConditionKind, TimeLimit, TimeUnit


@dataclass(frozen=True, kw_only=True)
class ChannelLimit:
    """The time limit of one channel and case (thời hạn theo cách thức nộp, trường hợp); empty stands for all."""

    channel: str
    limit: TimeLimit
    case_kind: str = ""
    latest_receipt: time | None = None
    """Handed in later than this, the term counts from the next working day."""


@dataclass(frozen=True, kw_only=True)
class CataloguePaper:
    """A paper the applicant must hand in (thành phần hồ sơ)."""

    name: str
    group: str = ""
    originals: int | None = None
    copies: int | None = None
    certified: int | None = None
    is_required: bool = True
    case_kind: str = ""
    form_digest: str = ""
    form_name: str = ""
    filled_online: bool = False
    """The form filled in online stands for it (tờ khai điện tử): nobody is asked for a file."""


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """A legal text the procedure rests on (căn cứ pháp lý)."""

    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything one source says about a procedure (nội dung thủ tục); empty means the source does not say."""

    name: str = ""
    field_name: str = ""
    levels: tuple[str, ...] = ()
    issuing_agency: str = ""
    executing_agency: str = ""
    decision: str = ""
    kind: str = ""
    url: str = ""
    subjects: str = ""
    steps: str = ""
    requirements: str = ""
    result: str = ""
    limits: tuple[ChannelLimit, ...] = ()
    papers: tuple[CataloguePaper, ...] = ()
    fees: tuple[CatalogueFee, ...] = ()
    legal: tuple[LegalBasis, ...] = ()
    case_kinds: tuple[CaseKind, ...] = ()
    results: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    any_office: bool = False
    """Any one-stop shop of the province may receive it (phi địa giới hành chính)."""
    supplement_days: int = 0
    """Calendar days the applicant has to supplement; 0: not stated."""
    form_fields: tuple[FormField, ...] = ()
    """What the form asks that is filled in online (tờ khai điện tử tương tác)."""
    online_level: str = ""
    """“full” or “partial” (dịch vụ công trực tuyến toàn trình, một phần); empty: not stated."""
    online_level_reason: str = ""
    """Why only in part, for everybody to read (NĐ 224/2026 Điều 16)."""

    def digest(self) -> str:
        """Decides whether two contents are the same."""
        text = json.dumps(to_json(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


NAMES: Final = tuple(each.name for each in fields(Content))
DESK_PARTS: Final = (
    "channels",
    "any_office",
    "case_kinds",
    "limits",
    "papers",
    "fees",
    "results",
    "supplement_days",
    "form_fields",
    "online_level",
    "online_level_reason",
)
"""What the province itself enters for its desks; a later import leaves alone what was entered by hand."""
_LATER_PARTS: Final = (
    *("case_kinds", "results", "channels", "any_office", "supplement_days"),
    *("form_fields", "online_level", "online_level_reason"),
)
_LATER_VALUES: Final[dict[str, dict[str, Any]]] = {
    "limits": {"case_kind": "", "latest_receipt": None},
    "papers": {
        "certified": None,
        "is_required": True,
        "case_kind": "",
        "form_digest": "",
        "form_name": "",
        "filled_online": False,
    },
    "fees": {"name": "", "case_kind": "", "channel": ""},
}
"""What contents did not hold at first, with the value that says nothing: left out of what is kept, so that the
digest of a content that says nothing of it stays what it always was."""
_SHARED_WITH_LIST: Final = frozenset({"name", "field_name", "issuing_agency", "executing_agency", "url"})


@dataclass(frozen=True)
class ContentChange:
    """What an incoming content does to the one on record: fills gaps only, or says something else."""

    content: Content
    filled: tuple[str, ...]
    changed: tuple[str, ...]
    withheld: tuple[str, ...] = ()
    """Parts in which the incoming content says something else than what was entered by hand."""


def combine(
    recorded: Content, incoming: Content, *, incoming_is_list: bool, by_hand: Collection[str] = ()
) -> ContentChange:
    """Add what a source says to what is on record (hợp nhất nguồn).

    The national list has the last word on what it states (name, field, agencies): a detailed description never
    overrides it, so importing both in any order, any number of times, ends in the same content. Filling a gap
    leaves the version as it is; a statement that differs makes a new version. Parts ``by_hand`` stay as they are.
    """
    filled: list[str] = []
    changed: list[str] = []
    withheld: list[str] = []
    values: dict[str, Any] = {}
    for name in NAMES:
        old, new = getattr(recorded, name), getattr(incoming, name)
        if not new or _is_same(old, new) or (old and name in _SHARED_WITH_LIST and not incoming_is_list):
            continue
        if name in by_hand:
            withheld.append(name)
            continue
        values[name] = new
        (changed if old else filled).append(name)
    return ContentChange(replace(recorded, **values), tuple(filled), tuple(changed), tuple(withheld))


def differences(earlier: Content, later: Content) -> tuple[str, ...]:
    """The parts in which two versions differ."""
    return tuple(name for name in NAMES if not _is_same(getattr(earlier, name), getattr(later, name)))


def _is_same(old: Any, new: Any) -> bool:
    """Spacing and letter case are how a text is typed, not what it says."""
    if isinstance(old, str) and isinstance(new, str):
        return comparison_key(old) == comparison_key(new)
    return bool(old == new)


def to_json(content: Content) -> dict[str, Any]:
    """The content as it is kept in the database; what it does not say of the later parts is left out."""
    data = cast("dict[str, Any]", json.loads(json.dumps(asdict(content), ensure_ascii=False, default=str)))
    data["form_fields"] = fields_to_json(content.form_fields)
    for name in _LATER_PARTS:
        if not data[name]:
            del data[name]
    for part, silent in _LATER_VALUES.items():
        data[part] = [
            {name: value for name, value in row.items() if name not in silent or value != silent[name]}
            for row in data[part]
        ]
    return data


def from_json(data: dict[str, Any]) -> Content:
    """The content as it was kept; the inverse of `to_json`."""
    values = dict(data)
    values["levels"] = tuple(values["levels"])
    values["limits"] = limits_from_json(values["limits"])
    values["papers"] = tuple(CataloguePaper(**row) for row in values["papers"])
    values["fees"] = tuple(CatalogueFee(**row) for row in values["fees"])
    values["legal"] = tuple(LegalBasis(**row) for row in values["legal"])
    values["case_kinds"] = tuple(CaseKind(**row) for row in values.get("case_kinds", ()))
    values["results"] = tuple(values.get("results", ()))
    values["channels"] = tuple(values.get("channels", ()))
    values["form_fields"] = fields_from_json(values.get("form_fields", ()))
    return Content(**values)


def limits_to_json(limits: Collection[ChannelLimit]) -> list[dict[str, Any]]:
    """Limits alone, in the form they have within a content."""
    return cast("list[dict[str, Any]]", to_json(Content(limits=tuple(limits)))["limits"])


def limits_from_json(rows: Collection[dict[str, Any]]) -> tuple[ChannelLimit, ...]:
    """The inverse of `limits_to_json`."""
    return tuple(_channel_limit(row) for row in rows)


def _channel_limit(row: dict[str, Any]) -> ChannelLimit:
    limit, latest = row["limit"], row.get("latest_receipt")
    conditions = tuple(
        Condition(ConditionKind(each["kind"]), each["text"], _parse_amount(each["amount"]), each["is_extra"])
        for each in limit["conditions"]
    )
    return ChannelLimit(
        channel=row["channel"],
        limit=TimeLimit(limit["raw_text"], _parse_amount(limit["amount"]), conditions, limit["reason"]),
        case_kind=row.get("case_kind", ""),
        latest_receipt=time.fromisoformat(latest) if latest else None,
    )


def _parse_amount(data: dict[str, str] | None) -> Amount | None:
    return None if data is None else Amount(Decimal(data["value"]), TimeUnit(data["unit"]))
