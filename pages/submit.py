"""Is my file right, and what does it change?"""

import streamlit as st

from ui import history, owing, receipts, submitting
from ui.frame import bare_frame
from ui.kept import sent

view = bare_frame("submit")
st.warning(view.say("submit.not_secret"), icon=":material/lock_open:")
history.stop_without_store(view)
receipt = receipts.chosen(view)
submissions = sent(view.framework)
if receipt is not None:
    receipts.show(view, receipt)
elif view.dataset is not None and view.dataset.upload is not None:
    submitting.result(view, view.dataset)
    submitting.once_more(view)
else:
    owing.show(view, submissions)
    submitting.first_step(view)
    submitting.take_file(view)
history.show(view, submissions)
