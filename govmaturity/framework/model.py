"""What a framework is: the models that a YAML file is read into.

Only what one value can know of itself is checked here. What needs a second
place of the file (weights of siblings, references, inherited methods) is
checked in `govmaturity.framework.checks`.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from govmaturity.framework.base import (
    Id,
    Number,
    Pair,
    Period,
    Strict,
    Text,
    Version,
    Weight,
)

# Also imported from here by whoever reads a framework.
from govmaturity.framework.base import Words as Words
from govmaturity.framework.levels import Gate, Level
from govmaturity.framework.methods import (
    Denominate,
    Normalise,
    Screen,
)
from govmaturity.framework.rules import Bounds, Ratio, Rule
from govmaturity.framework.series import Break
from govmaturity.framework.settings import Inherited, Settings, WeightSum

Measure = Literal[
    "number",
    "percent",
    "count",
    "ratio",
    "yes_no",
    "choice",
    "checklist",
    "rubric",
    "survey_mean",
    "survey_topbox",
    "external",
]
Direction = Literal["higher", "lower"]
Controllable = Literal["county", "shared", "upper"]


class Goalposts(Strict):
    """The raw values that score lowest (`worst`) and highest (`best`), and why these.

    `proposed` marks goalposts that no source gives: a proposal of whoever
    wrote the framework, to be calibrated.
    """

    worst: Number
    best: Number
    basis: Words
    proposed: bool = False


class Cite(Strict):
    """A place in one of the framework's documents, in our words."""

    document: Text
    point: Words


class ChecklistItem(Strict):
    id: Id
    name: Words


class Choice(Strict):
    """One option and the score it earns, on the framework's scale."""

    code: Text
    name: Words
    points: Number


class Node(Inherited):
    id: Id
    name: Words
    description: Words | None = None
    weight: Weight | None = None


class Group(Node):
    """A node above indicators; `rationale` says why it weighs what it weighs."""

    rationale: Words | None = None
    children: Annotated[list[TreeNode], Field(min_length=1)]


class Indicator(Node):
    """One measured thing."""

    definition: Words | None = None
    measure: Measure
    unit_of_measure: Words
    direction: Direction | None = None
    valid: Bounds | None = None
    plausible: Bounds | None = None
    max_yearly_change: Annotated[float, Field(gt=0)] | None = None
    goalposts: Goalposts | None = None
    ratio: Ratio | None = None
    denominate: Denominate | None = None
    options: list[Choice] = []
    checklist: list[ChecklistItem] = []
    rubric: dict[int, Words] = {}
    answers: Pair = (1.0, 5.0)
    survey_items: list[Id] = []
    min_sample: Annotated[int, Field(ge=1)] | None = None
    required: bool = False
    reporter: Words | None = None
    evidence: Words | None = None
    controllable: Controllable | None = None
    tags: list[Id] = []
    source: Words | None = None
    cite: list[Cite] = []


def _kind_of_node(value: Any) -> str:
    has_children = "children" in value if isinstance(value, dict) else isinstance(value, Group)
    return "group" if has_children else "indicator"


TreeNode = Annotated[
    Annotated[Group, Tag("group")] | Annotated[Indicator, Tag("indicator")],
    Discriminator(_kind_of_node),
]


class Input(Strict):
    """A named raw quantity: indicators are computed from it, gates look at it, or it describes."""

    name: Words
    measure: Literal["count", "number", "percent", "yes_no"] = "count"
    unit_of_measure: Words
    definition: Words | None = None
    valid: Bounds | None = None
    plausible: Bounds | None = None
    max_yearly_change: Annotated[float, Field(gt=0)] | None = None
    required: bool = False
    reporter: Words | None = None
    source: Words | None = None


class WeightSet(Strict):
    """Other weights under a name: `equal` for all groups, or by node id.

    Groups of which no child is named keep their weights; where one is named,
    all its siblings have to be.
    """

    name: Words
    weights: Literal["equal"] | dict[Id, Weight]
    sum: WeightSum | Literal["relative"] = 1


class Profile(Strict):
    """A choice of indicators: those with one of the tags, or those listed."""

    name: Words
    description: Words | None = None
    tags: list[Id] = []
    indicators: list[Id] = []


class LensGroup(Strict):
    id: Id
    name: Words
    indicators: Annotated[list[Id], Field(min_length=1)]


class Lens(Strict):
    """The same indicators grouped another way; members weigh equally.

    `partition` promises that each indicator is in exactly one group.
    """

    name: Words
    description: Words | None = None
    partition: bool = False
    cite: list[Cite] = []
    groups: Annotated[list[LensGroup], Field(min_length=1)]


class Form(Strict):
    """What a statistical form states of itself; a template leaves room for what is not given."""

    number: Text | None = None
    issued_by: Words | None = None
    approval: Text | None = None
    valid_until: Text | None = None


class Framework(Inherited):
    """All definitions of one version of one index."""

    id: Id
    version: Version
    name: Words
    description: Words | None = None
    source: Words
    documents: dict[Text, Words] = {}
    scale: Pair = (0.0, 100.0)
    default_period: Period | None = None
    form: Form = Form()
    levels: list[Level] = []
    gates: list[Gate] = []
    inputs: dict[Id, Input] = {}
    rules: list[Rule] = []
    breaks: list[Break] = []
    screen: Screen = Screen()
    weight_sets: dict[Id, WeightSet] = {}
    profiles: dict[Id, Profile] = {}
    lenses: dict[Id, Lens] = {}
    tree: Group

    @cached_property
    def nodes(self) -> dict[str, Group | Indicator]:
        """Every node by its id, parents before children, in the order of the file."""
        found: dict[str, Group | Indicator] = {}
        waiting: list[Group | Indicator] = [self.tree]
        while waiting:
            node = waiting.pop()
            found[node.id] = node
            if isinstance(node, Group):
                waiting.extend(reversed(node.children))
        return found

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by their ids, in the order of the file."""
        return {id_: node for id_, node in self.nodes.items() if isinstance(node, Indicator)}

    @cached_property
    def parents(self) -> dict[str, str]:
        """The id of the group above each node; the root has none."""
        return {
            child.id: id_
            for id_, node in self.nodes.items()
            if isinstance(node, Group)
            for child in node.children
        }

    @cached_property
    def settings(self) -> dict[str, Settings]:
        """The settings in force at every node.

        A choice is scored by its points whatever is inherited, since its
        options have no goalposts.
        """
        found = {self.tree.id: Settings().below(self, 0).below(self.tree, 0)}
        for node in self.nodes.values():
            mine = found[node.id]
            if isinstance(node, Group):
                for child in node.children:
                    found[child.id] = mine.below(child, mine.depth + 1)
            elif node.measure == "choice":
                points = Inherited(normalise=node.normalise or Normalise(method="points"))
                found[node.id] = mine.below(points, mine.depth)
        return found

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what the framework says, however its file is laid out.

        What is left at its default does not enter, so that a key which a later
        release adds leaves the templates handed out before as they are.
        """
        said = self.model_dump_json(by_alias=True, exclude_defaults=True)
        return sha256(said.encode()).hexdigest()

    @property
    def width(self) -> float:
        """Width of the scale, in points."""
        return self.scale[1] - self.scale[0]


for _model in (Group, Framework):
    _model.model_rebuild()
