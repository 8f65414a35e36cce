"""A child that reads one worksheet with bounded memory and time, and tells its rows as JSON, some hundred a line.

Run apart (``python -I sheet_child.py FILE ROWS COLUMNS``) and without Django: whatever a hostile workbook does to the
reader, an abort for want of memory included, it does to this process only.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

MEMORY = 1024 * 2**20
SECONDS = 30
TEXT = 200 * 2**20
TOGETHER = 500
UNREADABLE, TOO_LARGE, LOCKED = 3, 4, 5


def main(path: str, rows: int, columns: int) -> int:
    """0, or why not: UNREADABLE, TOO_LARGE, LOCKED."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine as calamine

    try:
        sheet = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    except calamine.PasswordError:
        return LOCKED
    except BaseException:  # noqa: BLE001, RUF100 a panic of the reader is no Exception
        return UNREADABLE
    if sheet.total_height > rows or sheet.total_width > columns:
        return TOO_LARGE
    return tell(sheet)


def tell(sheet: Any) -> int:
    told = 0
    before = [""] * (sheet.start[1] if sheet.start else 0)  # the rows are counted from the top, the columns are not
    rows = sheet.iter_rows()
    while some := list(islice(rows, TOGETHER)):
        lines = [before + [cell if type(cell) is str else text(cell) for cell in cells] for cells in some]
        line = json.dumps(lines, ensure_ascii=False)
        told += len(line)
        if told > TEXT:
            return TOO_LARGE
        sys.stdout.write(line + "\n")
    return 0


def text(cell: Any) -> str:
    """The cell as a person reads it: whole numbers without a point, days as 2019-03-01."""
    match cell:
        case str():
            return cell
        case bool():
            return "是" if cell else "否"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
        case date() | time() | timedelta():
            return str(cell)
    return str(cell)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
