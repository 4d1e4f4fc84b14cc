"""Plans with dated steps, equipment and access codes: one engine for arrivals, moves and departures."""
