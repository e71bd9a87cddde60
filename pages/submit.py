"""Is my file right, and what does it change?"""

import streamlit as st

from ui import submitting
from ui.frame import bare_frame

view = bare_frame("submit")
st.warning(view.say("submit.not_secret"), icon=":material/lock_open:")
submitting.how_to(view)
submitting.take_file(view)
if view.dataset is not None and view.dataset.upload is not None:
    submitting.result(view, view.dataset)
