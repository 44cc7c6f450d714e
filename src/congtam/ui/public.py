"""What other contexts may use of the shared look (giao diện chung) from Python."""

from congtam.ui.chart_theme import number_locale, vega_config
from congtam.ui.drawing.dot_map import Dot
from congtam.ui.drawing.marks import IntervalMark, interval_mark, scale_floor
from congtam.ui.drawing.qr import qr_svg
from congtam.ui.formatting import MISSING, amount, day, instant, number, rate, signed
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
    "current_language",
    "day",
    "dong",
    "instant",
    "interval_mark",
    "number",
    "number_locale",
    "qr_svg",
    "rate",
    "scale_floor",
    "signed",
    "vega_config",
]
