import logging


class OneLine(logging.Filter):
    """What a stranger sends that Django takes for an attack is told, and not with thirty lines of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True
