import pytest

from warpviz.film.reel.pages import GAP, LEAST, MARGIN, PAGES, fitted


@pytest.mark.parametrize(("width", "height", "columns"), [(640, 480, 2), (2000, 400, 1)])
def test_what_does_not_fit_one_page_goes_on_as_large_as_is_legible(
    width: int, height: int, columns: int
) -> None:
    """Pictures that are wide stand alone in their row, others by twos."""
    page = PAGES["a4"]
    found, rows, scale = fitted(80, width, height, page)
    assert found == columns and rows >= 1
    across = columns * width * scale + (columns - 1) * GAP
    assert across <= page[0] - 2 * MARGIN + 1e-9
    assert rows * height * scale + (rows - 1) * GAP <= page[1] - 2 * MARGIN + 1e-9
    assert height * scale >= LEAST or across == pytest.approx(page[0] - 2 * MARGIN)
