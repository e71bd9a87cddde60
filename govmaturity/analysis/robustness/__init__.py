"""How sure scores and ranks are: the index computed again and again, otherwise.

`choices` says what may vary, `design` draws it for each replicate, `variants`
holds what does not depend on the replicate, `simulate` computes, `ranges`
sums up. What comes out are ranges over assumptions, never confidence
intervals: no sample of anything was drawn.

Source of the idea: Saisana, Saltelli and Tarantola (2005), Uncertainty and
sensitivity analysis techniques as tools for the quality assessment of
composite indicators, Journal of the Royal Statistical Society A 168.
"""
