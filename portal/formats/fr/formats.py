"""French: the hour with its h, the month in full."""

TIME_FORMAT = r"H \h i"
DATETIME_FORMAT = r"j F Y, H \h i"
SHORT_DATE_FORMAT = "j N Y"
SHORT_DATETIME_FORMAT = r"j N Y, H \h i"
