"""Everything that can be wrong with an imported file (lỗi dữ liệu nhập), with what to do about it: one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from congtam.kernel.errors import InputRefused, Problem, msgid

PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    # The file as a whole
    "file_empty": (msgid("The file is empty"), msgid("Export it again from the source system.")),
    "file_kind_unknown": (
        msgid("Files of this kind are not read: {name}"),
        msgid("Give a .csv, .csv.gz, .xlsx, .xes, .xes.gz or .parquet file."),
    ),
    "file_not_its_kind": (
        msgid("The content is not what the ending {ending} says"),
        msgid("Export the file again; renaming a file does not convert it."),
    ),
    "file_name_unsafe": (
        msgid("The name of the file or of a part of it leads out of its folder: {name}"),
        msgid("Do not import this file; ask whoever sent it."),
    ),
    "file_too_large": (
        msgid("The file unpacks to more than {limit_mib} MiB"),
        msgid("Split it by month and import the parts."),
    ),
    "file_bomb": (
        msgid("The file unpacks to more than {ratio} times its size"),
        msgid(
            "Do not import this file: it is made to exhaust the machine, or damaged. Ask for it uncompressed."
        ),
    ),
    "file_damaged": (
        msgid("The file is damaged: {reason}"),
        msgid("Copy or download it again; nothing was stored."),
    ),
    "encoding_wrong": (
        msgid("Byte {byte} cannot be read as {encoding}"),
        msgid("Save the file as UTF-8, or say its encoding in the mapping (file: encoding)."),
    ),
    "xml_broken": (
        msgid("The XML is broken at line {line}, column {position}: {reason}"),
        msgid("Export the log again; nothing was stored."),
    ),
    "xml_doctype": (
        msgid("The XML declares a document type or entities; such files are not read"),
        msgid("Remove the <!DOCTYPE …> part; a XES log has none."),
    ),
    "xes_without_cases": (msgid("The log holds no <trace>"), msgid("Check that it is a XES event log.")),
    "sheet_missing": (
        msgid("There is no sheet {name}; the file has {known}"),
        msgid("Correct the sheet in the mapping (file: sheet)."),
    ),
    "header_unreadable": (
        msgid("The header holds NUL characters"),
        msgid(
            "The file is damaged, or its encoding is another: UTF-16 must be said in the mapping (file: encoding)."
        ),
    ),
    "columns_missing": (
        msgid("The columns the mapping needs are not there: {missing}. The file has {found}"),
        msgid("Correct the names in the mapping, or choose the mapping that belongs to this file."),
    ),
    "columns_absent": (
        msgid("The mapping names columns the file does not have: {columns}"),
        msgid("What they would tell stays empty; correct the mapping if it should not."),
    ),
    "columns_repeated": (
        msgid("Two columns are both called {name}"),
        msgid("Rename one of them in the file."),
    ),
    "columns_too_many": (
        msgid("The file has more than {limit} columns"),
        msgid("Remove the unused columns."),
    ),
    "sheet_too_wide": (
        msgid("The cells of a sheet reach {rows} rows by {columns} columns"),
        msgid("Delete what stands far below or to the right of the table, or save the sheet as CSV."),
    ),
    "rows_none": (
        msgid("The file has a header, but no rows"),
        msgid("Nothing is stored; export it again if there should be dossiers."),
    ),
    "rows_too_many": (msgid("The file has more than {limit} rows"), msgid("Split the file.")),
    "case_too_large": (
        msgid("One case holds more than {limit} events or {limit_mib} MiB"),
        msgid("Check that the case column of the mapping is the right one."),
    ),
    "cell_too_long": (
        msgid("A cell is longer than {limit} characters"),
        msgid("Look for a quotation mark that is never closed in this row or just before it."),
    ),
    "csv_broken": (msgid("The row cannot be split into columns: {reason}"), msgid("Export the file again.")),
    # One row
    "row_width": (
        msgid("The row has {found} cells, the header {expected}"),
        msgid("Look for an unquoted delimiter or line break in the row."),
    ),
    "value_missing": (
        msgid("The value is missing"),
        msgid("Fill in the value; a dossier cannot be stored without it."),
    ),
    "value_unreadable": (
        msgid("The cell holds something that is no text"),
        msgid("Remove control characters, lists and binary data from the cell."),
    ),
    "value_differs": (
        msgid("The rows of one dossier disagree: {first} and {other}"),
        msgid("A value of the dossier must be the same in all its rows."),
    ),
    "date_unreadable": (
        msgid("“{value}” is not a date in any of the forms {forms}"),
        msgid("Correct the value, or add its form to the mapping (dates)."),
    ),
    "date_implausible": (
        msgid("The date lies outside what is possible: {value}"),
        msgid("Correct the date; dossiers date from 1990 on and nothing is finished in the future."),
    ),
    "number_unreadable": (
        msgid("“{value}” is not a whole number"),
        msgid("Write the number with digits only."),
    ),
    "truth_unreadable": (msgid("“{value}” is neither yes nor no"), msgid("Write yes or no.")),
    "value_unknown": (
        msgid("“{value}” is none of the values known here: {known}"),
        msgid("Add it to the mapping (translate), or correct the value."),
    ),
    "code_malformed": (
        msgid("“{value}” cannot be a dossier code"),
        msgid("A code has 1 to 100 visible characters."),
    ),
    "code_repeated": (
        msgid("Dossier {code} occurs more than once in the file"),
        msgid("Keep one row for each dossier, or use a mapping with rows: event."),
    ),
    "finished_before_received": (
        msgid("Finished ({finished}) before it was received ({received})"),
        msgid("Correct one of the two dates at the source."),
    ),
    "returned_before_received": (
        msgid("Returned ({returned}) before it was received ({received})"),
        msgid("Correct one of the two dates at the source."),
    ),
    "due_before_received": (
        msgid("Due ({due}) before it was received ({received})"),
        msgid("It is stored and counts as late; correct one of the two dates at the source."),
    ),
    "finish_missing": (
        msgid("The state is {state}, but there is no date of finishing"),
        msgid("Fill in when it was finished, or correct the state."),
    ),
    "state_contradicts_finish": (
        msgid("The state is {state}, but the dossier has a date of finishing"),
        msgid("Correct the state, or remove the date."),
    ),
    "step_ends_before_start": (
        msgid("Step {step} ends before it starts"),
        msgid("Correct one of the two dates at the source."),
    ),
    "unit_unknown": (msgid("There is no unit with the code {unit}"), msgid("Use the official unit code.")),
    "unit_outside": (
        msgid("Unit {unit} is neither the unit of this import nor below it"),
        msgid("Import the file for the unit above both, or correct the unit."),
    ),
    "code_of_other_source": (
        msgid("Dossier {code} already came from another source ({source})"),
        msgid("If two systems number alike, give the mapping a code_prefix; nothing was overwritten."),
    ),
    "code_of_other_unit": (
        msgid("Dossier {code} already belongs to unit {unit}"),
        msgid("Import it for that unit; nothing was overwritten."),
    ),
    # The mapping
    "mapping_unknown": (
        msgid("There is no mapping called {name}; known are {known}"),
        msgid("Give a name or a file."),
    ),
    "mapping_broken": (
        msgid("The mapping is not valid YAML: {reason}"),
        msgid("Check indentation and quotes."),
    ),
    "mapping_wrong": (msgid("{where}: {reason}"), msgid("See docs/mappings.md for what may stand here.")),
}


def problem(
    kind: str,
    /,
    *,
    row: int | None = None,
    column: str | None = None,
    sheet: str | None = None,
    severity: Literal["error", "warning"] = "error",
    **data: Any,
) -> Problem:
    """A problem of the table, at a place.

    >>> problem("file_empty").message
    'The file is empty'
    """
    message, advice = PROBLEMS[kind]
    return Problem(
        code=kind,
        message=message,
        advice=advice,
        data=data,
        row=row,
        column=column,
        sheet=sheet,
        severity=severity,
    )


def refused(kind: str, /, *, row: int | None = None, sheet: str | None = None, **data: Any) -> InputRefused:
    """The refusal of a whole file for one reason."""
    return InputRefused([problem(kind, row=row, sheet=sheet, **data)])
