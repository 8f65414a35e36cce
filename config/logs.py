"""One line of JSON an event, on stderr, with the request it belongs to."""

import json
import logging
from datetime import UTC, datetime

from members.tracing import request_id


class RequestIdFilter(logging.Filter):
    """Every record knows its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(getattr(record, "request", None), "request_id", None) or request_id.get()
        return True


class LineFormatter(logging.Formatter):
    """JSON escapes line breaks and control characters: nobody forges a second line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)
