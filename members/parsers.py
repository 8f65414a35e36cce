"""What a body may be: JSON of sound size, without tricks."""

from __future__ import annotations

import json
import math
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser


class StrictJSONParser(BaseParser):
    """JSON without repeated names, infinities, NaN, or nesting that nobody needs; what is not read is a 400."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise RequestDataTooBig
        try:
            said = json.loads(
                raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_refused, parse_float=_finite
            )
            if b"\\ud" in raw.lower():  # half a pair can be neither stored nor said back
                json.dumps(said, ensure_ascii=False).encode()
            return said
        except UnicodeEncodeError as half:
            raise ValidationError("文字中有不能保存的字符。") from half
        except RecursionError as deep:
            raise ParseError("JSON 嵌套过深。") from deep
        except ValueError as unreadable:
            raise ParseError(f"JSON 读不懂：{str(unreadable)[:200]}") from unreadable


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _refused(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number
