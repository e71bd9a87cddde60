"""Where?"""

from ui import maps, own_outlines
from ui.frame import frame

view = frame("map")
maps.breadcrumb(view)
maps.show(view, maps.choose(view))
own_outlines.section(view)
