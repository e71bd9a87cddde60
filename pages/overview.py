"""How far are we, and how unequal?"""

from ui import glance, start
from ui.frame import frame

view = frame("overview")
start.panel(view)
glance.show(view)
