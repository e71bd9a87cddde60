"""What is public since when?"""

from ui import desk, publications, publishing_form, release_difference
from ui.frame import bare_frame

view = bare_frame("releases", is_of_store=True)
desk.say_done()
store = desk.opened(view)
if store is not None:
    here = publications.shelf(view, store)
    publications.show(here)
    if here.opened is not None:
        release_difference.show(here)
    publishing_form.show(here)
