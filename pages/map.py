"""Where?"""

from ui import maps
from ui.frame import frame

view = frame("map")
maps.breadcrumb(view)
maps.show(view, maps.choose(view))
