"""Bring raw values to a common scale, the best value at its upper end.

`fixed` places values between points that a framework states, `sample` among
the values of the units; `apply` does what each indicator of a plan asks for.
Missing stays missing: NaN is never a score. Direction is settled here and
nowhere else.
"""
