"""Hypothesis runs the same examples everywhere, without a clock."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "congvan",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("congvan")
