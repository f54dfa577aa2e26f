"""The program as JSON, contract 1.0."""

from schemas.program import Program


def write_json(program: Program) -> bytes:
    """Indented UTF-8 with a newline at the end."""
    return program.model_dump_json(indent=2).encode() + b"\n"
