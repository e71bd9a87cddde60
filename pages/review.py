"""What needs my eyes?"""

from ui import desk, judging, queueing
from ui.frame import bare_frame

view = bare_frame("review", is_of_store=True)
desk.say_done()
store = desk.opened(view)
here = desk.desk(view, store) if store is not None else None
if here is not None:
    submission = desk.submissions(here).get(view.state.opened)
    if submission is not None:
        judging.show(here, submission)
    else:
        queueing.show(here)
