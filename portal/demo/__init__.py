"""The demo: its cast, its mailbox and its day; installed only when DEMO is set, bound to loopback."""
