"""Clusters, drivers, types?"""

from ui import patterns, widgets
from ui.frame import frame

view = frame("patterns")
node = widgets.node_choice(view)
patterns.clusters(view, node)
patterns.drivers(view, node)
patterns.means_and_effects(view)
patterns.types(view)
