"""One box that finds: the machine only; documents are declared by the owners of the models."""


def find(user, text="", **how):
    """What `user` may read that answers `text` (portal/search/finder.py)."""
    from portal.search import finder

    return finder.find(user, text, **how)


def suggest(user, prefix, **how):
    """Type-ahead (portal/search/finder.py)."""
    from portal.search import finder

    return finder.suggest(user, prefix, **how)


def touch(kind, keys):
    """Index these things anew; for bulk_create and update(), saves do it themselves (portal/search/outbox.py)."""
    from portal.search import outbox

    outbox.touch(kind, keys)


def drain():
    """Carry what waits into the index now (portal/search/outbox.py)."""
    from portal.search import outbox

    return outbox.drain()


def reindex(progress=None):
    """Build the whole index anew and swap (portal/search/rebuild.py)."""
    from portal.search import rebuild

    return rebuild.reindex(progress)


def __getattr__(name):
    if name == "AWAY":
        from portal.search.finder import AWAY

        return AWAY
    raise AttributeError(name)
