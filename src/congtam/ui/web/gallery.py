"""Every component on one page (trang mẫu thành phần), for developers and for the tests of the look."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.ui.drawing.dot_map import Dot
from congtam.ui.drawing.marks import IntervalMark, interval_mark

_TREND = (0.91, 0.93, 0.92, 0.95, None, 0.94, 0.96, 0.955, 0.97, 0.962, 0.971, 0.968, 0.977)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery; only where DEBUG is on, for it is no page of the product."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/gallery.html", _gallery_context())


def _gallery_context() -> dict[str, Any]:
    return {
        "tiles": _sample_tiles(),
        "trend": _TREND,
        "bars": _bar_chart(),
        "lines": _line_chart(),
        "dots": _sample_dots(),
        "rows": _sample_rows(),
        "problems": _sample_problems(),
        "steps": _sample_steps(),
        "receipt": _sample_receipt(),
        "progress": {"text": "Đang nhập hồ sơ", "done": 31_200, "total": 52_217, "is_running": False},
        "tabs": [
            {"label": "Tử số", "url": "#n", "is_current": True},
            {"label": "Mẫu số", "url": "#d", "is_current": False},
            {"label": "Còn lại", "url": "#r", "is_current": False},
        ],
        "moment": datetime(2026, 3, 2, 2, 0, tzinfo=UTC),
        "today": date(2026, 3, 2),
    }


def _sample_tiles() -> list[dict[str, Any]]:
    plain = {"url": "#tile", "trend": _TREND, "trend_label": "13 tháng: từ 91 % lên 97,7 %", "target": 0.95}
    return [
        {
            **plain,
            "label": "Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn",
            "value": "97,71 %",
            "tone": "good",
            "change": "+1,20 điểm %",
            "change_tone": "ct-good ct-up",
            "facts": ["mục tiêu 95 %", "1.434 hồ sơ"],
        },
        {
            **plain,
            "label": "Tỷ lệ hồ sơ nộp trực tuyến",
            "value": "61,04 %",
            "tone": "bad",
            "target": None,
            "change": "−3,10 điểm %",
            "change_tone": "ct-bad ct-down",
            "facts": ["mục tiêu 80 %", "khoảng tin cậy 58,5–63,6 %"],
        },
        {
            **plain,
            "label": "Hồ sơ đang giải quyết đã quá hạn",
            "value": "1.105",
            "tone": "warn",
            "facts": ["lâu nhất 94 ngày"],
        },
        {
            "label": "Thời gian giải quyết trung vị",
            "value": "3,5",
            "unit": "ngày làm việc",
            "facts": ["chưa đặt mục tiêu"],
        },
    ]


def _line_chart() -> dict[str, Any]:
    rows = [{"month": f"2025-{n + 1:02d}-01", "value": v} for n, v in enumerate(_TREND[:12]) if v is not None]
    return {
        "height": 220,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "line", "point": True, "tooltip": True},
                "encoding": {
                    "x": {
                        "field": "month",
                        "type": "temporal",
                        "title": "Tháng",
                        "axis": {"format": "%m/%Y"},
                    },
                    "y": {
                        "field": "value",
                        "type": "quantitative",
                        "title": "Đúng hạn",
                        "axis": {"format": ".0%"},
                        "scale": {"zero": False},
                    },
                },
            },
            {"mark": {"type": "rule", "strokeDash": [4, 3]}, "encoding": {"y": {"datum": 0.95}}},
        ],
    }


def _bar_chart() -> dict[str, Any]:
    names = ("Thành phố Hà Giang", "Huyện Đồng Văn", "Huyện Mèo Vạc", "Huyện Yên Minh", "Huyện Quản Bạ")
    rows = [{"unit": name, "value": 0.98 - 0.04 * index} for index, name in enumerate(names)]
    return {
        "height": {"step": 26},
        "data": {"values": rows},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": {
                "field": "unit",
                "type": "nominal",
                "title": "Đơn vị",
                "sort": "-x",
                "axis": {"title": None},
            },
            "x": {"field": "value", "type": "quantitative", "title": "Đúng hạn", "axis": {"format": ".0%"}},
        },
    }


def _sample_dots() -> list[Dot]:
    """A made-up province: a spiral of places."""
    return [
        Dot(
            label=f"Xã số {n}",
            longitude=104.6 + (n * 37 % 91) / 91,
            latitude=22.2 + (n * 53 % 97) / 97,
            value=None if n % 17 == 0 else 0.6 + (n * 29 % 41) / 100,
            size=1 + n * 13 % 50,
            text=f"{60 + n * 29 % 41} % của {1 + n * 13 % 50} hồ sơ",
            url="#place",
        )
        for n in range(90)
    ]


def _sample_rows() -> list[dict[str, Any]]:
    names = ("Thành phố Hà Giang", "Huyện Đồng Văn", "Huyện Mèo Vạc", "Huyện Yên Minh")
    return [
        {
            "name": name,
            "rate": 0.9771 - 0.05 * n,
            "mark": _sample_interval_mark(n),
            "count": 14_340 - n * 3_100,
            "days": 3.5 + n,
            "late": n * 12,
        }
        for n, name in enumerate(names)
    ]


def _sample_interval_mark(n: int) -> IntervalMark:
    value, interval = 0.97 - 0.05 * n, (0.94 - 0.06 * n, 0.985 - 0.04 * n)
    return interval_mark(value, interval, floor=0.7, target=0.95)


def _sample_problems() -> list[dict[str, Any]]:
    location = {"file": "ho-so-thang-7.xlsx", "sheet": "Sheet1", "row": 1_204, "column": "Ngày hẹn trả"}
    return [
        {
            **location,
            "severity": "error",
            "code": "exchange.date_impossible",
            "message": "Ngày kết thúc trước ngày tiếp nhận.",
            "advice": "Sửa một trong hai ngày rồi nhập lại tệp dòng bị từ chối.",
        },
        {
            "severity": "warning",
            "code": "exchange.unknown_value",
            "message": "Không hiểu kênh nộp “BCCI 2”.",
            **location,
        },
    ]


def _sample_steps() -> list[dict[str, str]]:
    return [
        {"title": "Tiếp nhận", "when": "02/03/2026 08:10 · Bộ phận Một cửa", "tone": "done"},
        {
            "title": "Chờ bổ sung giấy tờ",
            "when": "04/03 – 06/03/2026",
            "tone": "paused",
            "badge": "dừng 2 ngày",
            "badge_tone": "warn",
        },
        {
            "title": "Thẩm định",
            "when": "10/03/2026 16:40",
            "tone": "late",
            "badge": "quá hạn 1 ngày",
            "badge_tone": "bad",
        },
        {"title": "Trả kết quả", "when": "chưa", "tone": "future"},
    ]


def _sample_receipt() -> dict[str, Any]:
    return {
        "numerator": "957",
        "denominator": "1.329",
        "counts": "hồ sơ kết thúc không muộn hơn hạn xử lý",
        "out_of": "hồ sơ đã kết thúc trong kỳ",
        "digest": "sha256:8c1f0f53b0f5f1a7f5f4a3b1f0d7c6e5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9",
        "rows": [
            {"label": "Định nghĩa", "value": "dossiers.on_time_rate, bản 1"},
            {"label": "Kỳ", "value": "01/01/2025 – 31/12/2025"},
            {"label": "Bản đồ đơn vị", "value": "30/06/2025"},
            {"label": "Phiên bản dữ liệu", "value": "42"},
        ],
    }
