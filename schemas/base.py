"""The one base of every noun."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen, closed value: unknown keys are an error, equal contents are equal values."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
