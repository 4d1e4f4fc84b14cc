"""Pages of arrivals, by who reads them."""
