"""Who is left out?"""

from ui import dividing
from ui.frame import frame

view = frame("divide")
found = dividing.exposed(view)
if found is not None:
    dividing.show_map(view, found)
    dividing.use_of_services(view, found)
    dividing.table(view, found)
