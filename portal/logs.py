"""How a log line looks: a request id, no personal data, no secret."""

import json
import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class Line(logging.Formatter):
    """One readable line, for a terminal."""

    def format(self, record):
        message = record.getMessage().replace("\n", "\\n")  # nobody writes a second line by what they type
        text = f"{record.levelname.lower():7} {request_id.get()} {record.name}: {message}"
        return f"{text}\n{self.formatException(record.exc_info)}" if record.exc_info else text


class Json(logging.Formatter):
    """One JSON object a line, for collectors."""

    def format(self, record):
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "request": request_id.get(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
