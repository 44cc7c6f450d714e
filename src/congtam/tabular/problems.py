"""Everything that can be wrong with an imported file (lỗi dữ liệu nhập), with what to do about it: one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from congtam.kernel.errors import InputRefused, Problem, msgid

PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    # The file as a whole
    "file_empty": (msgid("The file is empty"), msgid("Export it again from the source system.")),
    "file_kind_unknown": (
        msgid("This file type is not supported: {name}"),
        msgid("Choose a .csv, .csv.gz, .xlsx, .xes, .xes.gz or .parquet file."),
    ),
    "file_not_its_kind": (
        msgid("The content does not match the file extension {ending}"),
        msgid("Export the file again; renaming a file does not convert it."),
    ),
    "file_name_unsafe": (
        msgid("The name of the file or of one of its parts points outside its folder: {name}"),
        msgid("Do not import this file; check with the sender."),
    ),
    "file_too_large": (
        msgid("The file unpacks to more than {limit_mib} MiB"),
        msgid("Split it by month and import the parts."),
    ),
    "file_bomb": (
        msgid("The file unpacks to more than {ratio} times its size"),
        msgid(
            "Do not import this file: it is designed to exhaust system resources or is damaged. "
            "Ask for an uncompressed copy."
        ),
    ),
    "file_damaged": (
        msgid("The file is damaged: {reason}"),
        msgid("Copy or download it again; nothing was stored."),
    ),
    "encoding_wrong": (
        msgid("Byte {byte} cannot be read as {encoding}"),
        msgid("Save the file as UTF-8, or set its encoding in the mapping (file: encoding)."),
    ),
    "xml_broken": (
        msgid("The XML is not valid at line {line}, column {position}: {reason}"),
        msgid("Export the log again; nothing was stored."),
    ),
    "xml_doctype": (
        msgid("The XML declares a document type or entities; such files are not accepted"),
        msgid("Remove the <!DOCTYPE …> part; an XES log does not have one."),
    ),
    "xes_without_cases": (
        msgid("The log contains no <trace>"),
        msgid("Check that the file is an XES event log."),
    ),
    "sheet_missing": (
        msgid("The file has no sheet {name}; it has {known}"),
        msgid("Correct the sheet name in the mapping (file: sheet)."),
    ),
    "header_unreadable": (
        msgid("The header contains NUL characters"),
        msgid(
            "The file is damaged or uses another encoding: UTF-16 must be set in the mapping "
            "(file: encoding)."
        ),
    ),
    "columns_missing": (
        msgid("Columns required by the mapping are missing: {missing}. The file has {found}"),
        msgid("Correct the column names in the mapping, or choose the mapping for this file."),
    ),
    "columns_absent": (
        msgid("The mapping refers to columns that are not in the file: {columns}"),
        msgid("The values of these columns are left empty; correct the mapping if this is not intended."),
    ),
    "columns_absent_by_every_spelling": (
        msgid("The mapping refers to columns that are not in the file: {columns}"),
        msgid(
            "The values of these columns are left empty; correct the mapping if this is not intended. "
            "Other spellings it accepts: {spellings}."
        ),
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
        msgid("The cells of a sheet extend over {rows} rows by {columns} columns"),
        msgid("Delete the content far below or to the right of the table, or save the sheet as CSV."),
    ),
    "rows_none": (
        msgid("The file has a header, but no rows"),
        msgid("Nothing was stored; export the file again if it should contain dossiers."),
    ),
    "rows_too_many": (msgid("The file has more than {limit} rows"), msgid("Split the file.")),
    "case_too_large": (
        msgid("One case has more than {limit} events or {limit_mib} MiB"),
        msgid("Check that the case column in the mapping is correct."),
    ),
    "cell_too_long": (
        msgid("A cell is longer than {limit} characters"),
        msgid("Look for an unclosed quotation mark in this row or just before it."),
    ),
    "csv_broken": (msgid("The row cannot be split into columns: {reason}"), msgid("Export the file again.")),
    "storage_full": (
        msgid("The server is almost out of disk space, so nothing was stored"),
        msgid("Ask the administrator to make room, then import the file again."),
    ),
    "refused_too_many": (
        msgid("More than {limit} dossiers of the file are refused"),
        msgid("Correct the mapping or the export by the problems listed first; nothing was stored."),
    ),
    "text_legacy_font": (
        msgid("The texts are written for the old font {font}: “{example}” is “{converted}”"),
        msgid("Confirm that they are to be converted (--old-fonts convert), or stay as they are (keep)."),
    ),
    "text_legacy_row": (
        msgid("The text is written for the old font {font}: “{example}” is “{converted}”"),
        msgid(
            "Correct it at the source, or import the file with such texts converted (--old-fonts convert)."
        ),
    ),
    "text_legacy_rows": (
        msgid("{count} more texts of this column are written for the old font {font}"),
        msgid(
            "Correct them at the source, or import the file with such texts converted (--old-fonts convert)."
        ),
    ),
    # One row
    "row_width": (
        msgid("The row has {found} cells, but the header has {expected}"),
        msgid("Look for an unquoted delimiter or line break in the row."),
    ),
    "value_missing": (
        msgid("The value is missing"),
        msgid("Enter the value; a dossier cannot be stored without it."),
    ),
    "value_unreadable": (
        msgid("The cell contains something other than text"),
        msgid("Remove control characters, lists and binary data from the cell."),
    ),
    "value_differs": (
        msgid("The rows of one dossier do not agree: {first} and {other}"),
        msgid("A value of the dossier must be the same in all its rows."),
    ),
    "cell_error": (
        msgid("The cell holds the error {value} of a spreadsheet formula"),
        msgid("Correct the formula, or enter the value itself."),
    ),
    "formula_without_value": (
        msgid("The cell holds a formula that was never computed"),
        msgid("Open the file in a spreadsheet program, save it again, and import that file."),
    ),
    "number_padded": (
        msgid("The cell shows {shown}, but holds the number {value}"),
        msgid("Format the column as text and enter the value with its leading zeros."),
    ),
    "number_too_long": (
        msgid(
            "The cell holds a number of more than 15 digits: {value}; spreadsheets lose the digits after them"
        ),
        msgid("Format the column as text at the source and enter the value again."),
    ),
    "number_rounded": (
        msgid("“{value}” is a long number that a spreadsheet program has rounded"),
        msgid("Format the column as text at the source, and export it again."),
    ),
    "date_serial": (
        msgid("“{value}” is the day number of a spreadsheet ({day})"),
        msgid("Add the format excel to the mapping (dates), or format the column as a date."),
    ),
    "date_unreadable": (
        msgid("“{value}” is not a date in any of the formats {forms}"),
        msgid("Correct the value, or add its format to the mapping (dates)."),
    ),
    "date_implausible": (
        msgid("The date is outside the possible range: {value}"),
        msgid(
            "Correct the date; dossiers must date from 1990 or later and cannot be finished in the future."
        ),
    ),
    "number_unreadable": (
        msgid("“{value}” is not a whole number"),
        msgid("Enter digits only."),
    ),
    "truth_unreadable": (msgid("“{value}” is neither yes nor no"), msgid("Enter yes or no.")),
    "value_unknown": (
        msgid("“{value}” is not one of the accepted values: {known}"),
        msgid("Add it to the mapping (translate), or correct the value."),
    ),
    "code_malformed": (
        msgid("“{value}” is not a valid dossier code"),
        msgid("Enter a code of 1 to 100 visible characters."),
    ),
    "code_repeated": (
        msgid("Dossier {code} appears more than once in the file"),
        msgid(
            "Keep one row for each dossier, or use a mapping with rows: event. If each unit numbers its own "
            "dossiers from 1, write codes: local and the column of the unit in the mapping."
        ),
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
        msgid("The state is {state}, but there is no completion date"),
        msgid("Enter the completion date, or correct the state."),
    ),
    "state_contradicts_finish": (
        msgid("The state is {state}, but the dossier has a completion date"),
        msgid("Correct the state, or remove the date."),
    ),
    "step_ends_before_start": (
        msgid("Step {step} ends before it starts"),
        msgid("Correct one of the two dates at the source."),
    ),
    "unit_unknown": (msgid("There is no unit with the code {unit}"), msgid("Use the official unit code.")),
    "unit_out_of_force": (
        msgid("Unit {unit} was not in force on {day}, when the dossier was received"),
        msgid("It is stored for that unit; check whether its predecessor or successor is meant."),
    ),
    "phone_unreadable": (
        msgid("“{value}” is not a phone number"),
        msgid("It is stored as it is, and is not found by a search for a number; correct it at the source."),
    ),
    "prefix_changed": (
        msgid(
            "Codes of the source {source} begin with “{stored}” here since its first import, not with “{prefix}”"
        ),
        msgid("Restore codes and code_prefix in the mapping, or give the mapping another name."),
    ),
    "unit_outside": (
        msgid("Unit {unit} is neither the unit of this import nor one of its subordinate units"),
        msgid("Import the file for a unit above both, or correct the unit."),
    ),
    "code_of_other_source": (
        msgid("Dossier {code} was already imported from another source ({source})"),
        msgid(
            "If each unit or system has its own numbers, set codes: local or code_prefix in the mapping; "
            "nothing was overwritten."
        ),
    ),
    "code_of_other_unit": (
        msgid("Dossier {code} already belongs to unit {unit}"),
        msgid(
            "If each unit numbers its own dossiers, set codes: local in the mapping; otherwise import it for that "
            "unit. Nothing was overwritten."
        ),
    ),
    # The mapping
    "mapping_unknown": (
        msgid("There is no mapping named {name}; available mappings: {known}"),
        msgid("Enter a mapping name or a mapping file."),
    ),
    "mapping_missing": (
        msgid("The mapping file cannot be read: {reason}"),
        msgid("Check the name and the folder of the file; a mapping is a text file in UTF-8."),
    ),
    "mapping_broken": (
        msgid("The mapping is not valid YAML: {reason}"),
        msgid("Check indentation and quotes."),
    ),
    "mapping_wrong": (msgid("{where}: {reason}"), msgid("See docs/mappings.md for the allowed values.")),
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


def file_refusal(
    kind: str, /, *, row: int | None = None, sheet: str | None = None, **data: Any
) -> InputRefused:
    """The refusal of a whole file for one reason."""
    return InputRefused([problem(kind, row=row, sheet=sheet, **data)])
