"""Many operations of a migration done as one, so that a new database stands in seconds.

Django renders every related model anew for every operation, and in this house nearly all models are related: an
initial migration of eighty models took a minute of rendering. Here the models are rendered once, as they finally are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

OF_THE_MODEL = (AddField, AddIndex, AddConstraint)
"""What the creation of a finished model brings with it, where the model is among the operations."""


class Together(Operation):
    """State and database stand afterwards as if each operation had been done by itself, in order.

    What is done to models that stand already is done to the tables one by one, by the finished models; no operation
    here may depend on an earlier one's column (rename, then alter).
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)  # rendered again when somebody asks for it, once
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            if self._is_older(operation) or not isinstance(operation, OF_THE_MODEL):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel) or self._is_older(operation):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _is_older(self, operation: Operation) -> bool:
        """Whether it is done to a model that is not created among them."""
        made = {one.name_lower for one in self.operations if isinstance(one, CreateModel)}
        of = getattr(operation, "model_name", None)
        return of is not None and of.lower() not in made

    def describe(self) -> str:
        return f"{len(self.operations)} operations together"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return type(self).__qualname__, [self.operations], {}
