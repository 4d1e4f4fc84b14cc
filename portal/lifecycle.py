"""The moments of a working life: one page that says who announces each and who hears of it.

Receivers write rows only, in the announcer's transaction; a test keeps the map true.
"""

from django.dispatch import Signal

hired = Signal()  # employee, by: an application became an employee
moved = Signal()  # assignment, by: a colleague took a new seat
left = Signal()  # employee, by: the last day is known

# moment: (the transition that announces it, the receivers that hear it)
MAP: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hired": ((), ()),
    "moved": ((), ()),
    "left": ((), ()),
}
