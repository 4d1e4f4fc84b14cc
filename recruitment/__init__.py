"""Stage one: from an advert to a signed contract."""
