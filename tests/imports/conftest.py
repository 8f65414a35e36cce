"""Files as people hand them in, and the way that each takes."""

import pytest

from members.importing import runs, undoing
from members.models import ImportRun
from members.spreadsheets import Sheet, csv_lines, write_xlsx
from tests.cast import NOW


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def table(importer, rows, heads=None):
    """Rows (dicts by column key, or lists) as a CSV file."""
    columns = [column.key for column in importer.columns]
    lines = [[row.get(key, "") for key in columns] if isinstance(row, dict) else row for row in rows]
    return "".join(csv_lines(heads or importer.heads, lines)).encode()


def excel(importer, rows, path):
    columns = [column.key for column in importer.columns]
    with path.open("wb") as file:
        write_xlsx(file, Sheet("表", importer.heads, [[row.get(key, "") for key in columns] for row in rows]))
    return path.read_bytes()


def handed_in(importer, body, by, at=NOW, name="表.csv"):
    """Received and checked."""
    if isinstance(body, list):
        body = table(importer, body)
    run = runs.receive(importer, name, iter([body]), by=by, at=at)
    return runs.advance(run, importer, at=at)


def loaded(importer, body, by, at=NOW):
    """Received, checked, ordered and applied."""
    run = handed_in(importer, body, by, at)
    runs.order(run, by=by, at=at)
    return runs.advance(run, importer, at=at)


def taken_back(run, by=None, at=NOW):
    return undoing.undo(ImportRun.objects.get(pk=run.pk), by=by or run.by, at=at)


def faults(run):
    """(cell, column, value, wrong) of every fault."""
    return [(fault.cell, fault.column, fault.value, fault.wrong) for fault in run.faults.all()]


def counts(run):
    return run.new, run.changed, run.same, run.bad
