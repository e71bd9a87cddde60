"""Where?"""

from ui import maps, widgets
from ui.frame import frame

view = frame("map")
node = widgets.node_choice(view, "node_choice")
maps.breadcrumb(view)
tier = maps.tier_choice(view)
maps.show(view, node, tier)
