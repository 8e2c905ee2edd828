"""Signs as numbers."""

from bot.matching.signs import Signs


def test_signs_are_named_in_an_explanation_and_in_order_in_a_row() -> None:
    signs = Signs(margin=0.25, nearest=0.5, lead=-0.5, sorted=0.75, covered=1.0)
    assert signs.row().tolist() == [1, 0.25, 0.5, -0.5, 0.75, 1.0]
    assert signs.parts() == {"margin": 0.25, "nearest": 0.5, "lead": -0.5, "sorted": 0.75, "covered": 1.0}
