import pytest

from warpviz.errors import WarpvizError
from warpviz.film.reel.pages import GAP, LEAST, MARGIN, PAGES, fitted, page_size, slide_size


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


def test_pages_are_told_by_their_names_or_ratios() -> None:
    for name, size in (
        ("a3", (842, 1191)), ("A4-portrait", (595, 842)), (" letter-landscape ", (792, 612)),
        ("1:4", (135, 540)), ("4:1", (2160, 540)), ("4:3", (720, 540)), ("1:3", (180, 540)),
    ):  # fmt: skip
        assert page_size(name) == pytest.approx(size)
    for name in ("a6", "a4-across", "1:4.1", "4.1:1", "16:0", "16", "1:2:3", "-1:1"):
        with pytest.raises(WarpvizError, match=r"page expects a3, a4.* from 1:4 to 4:1, got"):
            page_size(name)
    assert slide_size(" A4 ") == (842, 595) and slide_size("a4-portrait") == (595, 842)
    assert slide_size("legal-landscape") == (1008, 612)


def test_all_stand_on_one_page_where_that_is_large_enough() -> None:
    # Of a page of 500 by 500 the inner 428 are left, and a gap of 12 between two.
    assert fitted(1, 100, 100, (500.0, 500.0)) == pytest.approx((1, 1, 4.28))
    assert fitted(4, 100, 100, (500.0, 500.0)) == pytest.approx((2, 2, 2.08))
    assert fitted(3, 100, 400, (500.0, 500.0)) == pytest.approx((3, 1, 1.07))
    assert fitted(4, 100, 700, (500.0, 500.0)) == pytest.approx((4, 1, 428 / 700))
    # Of nine each is 134 points high; of sixteen less than 120, so two stand in a row.
    assert fitted(9, 100, 100, (500.0, 500.0)) == pytest.approx((3, 3, 404 / 300))
    assert fitted(16, 100, 100, (500.0, 500.0)) == pytest.approx((2, 2, 2.08))
    assert fitted(16, 199, 100, (500.0, 500.0)) == pytest.approx((2, 3, 208 / 199))
    assert fitted(16, 200, 100, (500.0, 500.0)) == pytest.approx((1, 1, 2.14))
    assert fitted(16, 100, 1000, (500.0, 500.0)) == pytest.approx((2, 1, 0.428))
