"""How dates and hours are written where no page asks for more: Django reads `<language>/formats.py` (FORMAT_MODULE_PATH)."""
