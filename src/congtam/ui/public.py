"""What other contexts may use of the shared look (giao diện chung) from Python."""

from congtam.ui.chart_theme import number_locale, vega_config
from congtam.ui.drawing.dot_map import Dot
from congtam.ui.drawing.marks import IntervalMark, interval_mark, scale_floor
from congtam.ui.drawing.qr import qr_svg
from congtam.ui.durations import elapsed_time_text, mean_working_days_text, time_limit_text, working_time_text
from congtam.ui.formatting import MISSING, amount, bytes_text, day, instant, number, rate, signed
from congtam.ui.labels import Label
from congtam.ui.language import current_language
from congtam.ui.money import dong
from congtam.ui.page_links import PageLink
from congtam.ui.web.busy import busy_page
from congtam.ui.web.fields import DayInput

__all__ = [
    "MISSING",
    "DayInput",
    "Dot",
    "IntervalMark",
    "Label",
    "PageLink",
    "amount",
    "busy_page",
    "bytes_text",
    "current_language",
    "day",
    "dong",
    "elapsed_time_text",
    "instant",
    "interval_mark",
    "mean_working_days_text",
    "number",
    "number_locale",
    "qr_svg",
    "rate",
    "scale_floor",
    "signed",
    "time_limit_text",
    "vega_config",
    "working_time_text",
]
