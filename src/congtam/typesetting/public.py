"""What other rooms may use of the typesetting (dàn trang văn bản): the model of a document, render and extract."""

from congtam.typesetting.charts import draw_chart
from congtam.typesetting.domain.binding import distinct, figures, number_figures
from congtam.typesetting.domain.document import (
    MOST_AT_EASE,
    Annex,
    Attachment,
    Block,
    BoundFigure,
    Bullets,
    Chart,
    HeadCell,
    Heading,
    Issuer,
    OfficialDocument,
    Paragraph,
    ReportHead,
    Run,
    Runs,
    Sheet,
    Signer,
    Table,
    TableColumn,
    Text,
)
from congtam.typesetting.domain.slots import SLOTS, TemplateSlot, required_slots, unused_slots
from congtam.typesetting.domain.wording import day_in_words
from congtam.typesetting.extraction import extract_figures
from congtam.typesetting.ooxml import LARGEST_FILE
from congtam.typesetting.rendering import MEDIA_TYPES, render
from congtam.typesetting.word_templates import (
    LARGEST_TEMPLATE,
    Template,
    check_template,
    read_template,
    starter_template,
)

__all__ = [
    "LARGEST_FILE",
    "LARGEST_TEMPLATE",
    "MEDIA_TYPES",
    "MOST_AT_EASE",
    "SLOTS",
    "Annex",
    "Attachment",
    "Block",
    "BoundFigure",
    "Bullets",
    "Chart",
    "HeadCell",
    "Heading",
    "Issuer",
    "OfficialDocument",
    "Paragraph",
    "ReportHead",
    "Run",
    "Runs",
    "Sheet",
    "Signer",
    "Table",
    "TableColumn",
    "Template",
    "TemplateSlot",
    "Text",
    "check_template",
    "day_in_words",
    "distinct",
    "draw_chart",
    "extract_figures",
    "figures",
    "number_figures",
    "read_template",
    "render",
    "required_slots",
    "starter_template",
    "unused_slots",
]
