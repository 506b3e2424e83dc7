"""docs/reliability.md says what the tests prove, no more and no less."""

from __future__ import annotations

from tests import matrix


def test_the_page_is_up_to_date() -> None:
    assert matrix.PAGE.read_text(encoding="utf-8") == matrix.text(matrix.figures()), "run make matrix"


def test_every_row_has_a_proof_or_is_known_to_have_none() -> None:
    proved = {proof.row for proof in matrix.proofs()}
    assert proved <= matrix.ROWS.keys(), "a row without a fault: add it to ROWS"
    assert matrix.ROWS.keys() - proved == matrix.OPEN


def test_a_figure_has_a_row() -> None:
    assert {int(row) for row in matrix.figures()} <= matrix.ROWS.keys()
