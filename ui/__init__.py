"""The only shared code that knows Streamlit: router, frame, guard, widgets, cached loaders."""
