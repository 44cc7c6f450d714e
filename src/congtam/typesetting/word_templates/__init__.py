"""A province's own .docx for a form (mẫu của tỉnh): checked once, filled in slot by slot."""

from congtam.typesetting.word_templates.check import check_template, read_template
from congtam.typesetting.word_templates.starter import starter_template
from congtam.typesetting.word_templates.template import LARGEST_TEMPLATE, Template

__all__ = [
    "LARGEST_TEMPLATE",
    "Template",
    "check_template",
    "read_template",
    "starter_template",
]
