"""Plain functions: tables of scores in, plotly figures out. One look for all of them."""
