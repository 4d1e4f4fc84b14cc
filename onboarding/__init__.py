"""Stage two: the first day, prepared and proved."""
