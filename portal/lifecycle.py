"""The moments of a working life: one page that says who announces each and who hears of it.

Receivers write rows only, in the announcer's transaction; a test keeps the map true.
"""

from django.dispatch import Signal

hired = Signal()  # employee, by, address: an application became an employee; their personal address
unhired = Signal()  # employee, by: a hire was undone before the first day; the seat still exists
moved = Signal()  # assignment, by: a colleague took a new seat
left = Signal()  # employee, by: the last day is known

# moment: (the transitions that announce it, the receivers that hear it), by dotted name: "recruitment.transitions.hire"
MAP: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hired": (("recruitment.transitions.hire",), ("onboarding.receivers.welcome",)),
    "unhired": (("recruitment.transitions.undo_hire",), ("onboarding.receivers.call_off",)),
    "moved": (("mobility.transitions.move_in",), ("onboarding.receivers.settle",)),
    "left": (("alumni.transitions.departure.announce",), ()),
}
