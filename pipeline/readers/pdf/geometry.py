"""Where does a place go when it is turned, scaled, or nested in a form?"""

from typing import NamedTuple


class Bounds(NamedTuple):
    """A box in user space: y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: "Matrix") -> "Matrix":
        """This transformation followed by `outer`."""
        a, b, c, d, e, f = self
        p, q, r, s, t, u = outer
        return Matrix(
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Bounds) -> Bounds:
        """The upright box around the transformed box."""
        left, bottom, right, top = box
        a, b, c, d, e, f = self
        if not b and not c and a > 0:
            ya, yb = d * bottom + f, d * top + f
            return Bounds(a * left + e, min(ya, yb), a * right + e, max(ya, yb))
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Bounds(min(xs), min(ys), max(xs), max(ys))


IDENTITY = Matrix()
