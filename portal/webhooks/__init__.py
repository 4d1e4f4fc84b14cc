"""Webhooks: what happens here is told to other systems, signed and retried; and signed calls by which they answer."""
