"""Hypothesis runs the same examples everywhere, without a clock.

`pytest --hypothesis-profile long` draws twenty times as many, others each time.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "congvan",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", settings.get_profile("congvan"), derandomize=False, max_examples=2000
)
settings.load_profile("congvan")
