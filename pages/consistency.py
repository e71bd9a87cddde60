"""Does it hang together?"""

from ui import consistent, widgets
from ui.frame import frame

view = frame("consistency")
node = widgets.node_choice(view)
found = consistent.structure_of(view)
if found is not None:
    consistent.finding(found)
    consistent.correlations(found, node)
    consistent.look_at(found)
    consistent.indicators(found)
    consistent.groups(found)
    consistent.importance(found, node)
    consistent.cards(found)
