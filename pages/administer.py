"""Who owes what, how far is it, what was done?"""

from ui import choices, collecting, desk, kept_frameworks, log, unit_changes
from ui.frame import bare_frame

view = bare_frame("administer", is_of_store=True)
desk.say_done()
sections = ("collections", "units", "frameworks", "log")
parts = {one: view.say(f"administer.section_{one}") for one in sections}
section = choices.buttons(view.state, "section", view.say("administer.section"), parts)
store = desk.opened(view)
if store is not None:
    if section == "frameworks":
        kept_frameworks.show(view, store)
    elif section == "units":
        unit_changes.show(view, store)
    elif section == "log":
        log.show(view, store)
    else:
        collecting.show(view, store)
