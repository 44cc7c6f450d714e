"""A province's own .docx for a form (mẫu của tỉnh): checked once, filled in slot by slot."""

from congtam.typesetting.word_templates.check import Template, check_template
from congtam.typesetting.word_templates.fill import render_template
from congtam.typesetting.word_templates.starter import starter_template

__all__ = ["Template", "check_template", "render_template", "starter_template"]
