"""What a gate does, in one sentence."""

from __future__ import annotations

from govmaturity.framework.levels import CoverageGate, Gate, InputGate
from govmaturity.framework.model import Framework
from govmaturity.texts import Language, numbers, say


def rule(framework: Framework, gate: Gate, language: Language) -> str:
    """What a gate looks at and what it does to the level."""
    if isinstance(gate, CoverageGate):
        return say("method.gate_coverage", language, share=numbers.share(gate.below, language))
    if isinstance(gate, InputGate):
        return say(
            "method.gate_input",
            language,
            input=framework.inputs[gate.input].name.in_(language),
            above=numbers.measured(gate.above, language),
            level=gate.max_level,
        )
    return say("method.gate_weakest", language, plus=gate.plus)
