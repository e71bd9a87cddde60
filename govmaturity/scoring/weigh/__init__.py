"""Find weights instead of stating them: from the scores of units, or from judgements.

`objective` and `components` look at how scores vary, `judged` at what experts
said, `matched` fits weights to a stated importance, `combined` joins several;
`apply` does what each group of a plan asks for.
"""
