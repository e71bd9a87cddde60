"""From the coordinates of satellites to those of Chinese map services.

Maps published in China are drawn in GCJ-02, which shifts WGS-84 by some
hundred metres. CGCS2000, the national system of surveying, agrees with WGS-84
within a metre, less than a map of counties can show.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# The ellipsoid of Krasovsky (1940), which the shift is reckoned on.
_AXIS, _FLATNESS = 6_378_245.0, 0.006693421622965943
# Where the shift is applied, in degrees: west, south, east, north.
EXTENT: Final = (72.004, 0.8293, 137.8347, 55.8271)
_MIDDLE: Final = (105.0, 35.0)


def to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Shift longitudes and latitudes of WGS-84 or CGCS2000 to GCJ-02.

    Parameters
    ----------
    lon, lat : array_like of float, the same shape
        Degrees. Outside `EXTENT` nothing is shifted; NaN stays NaN.

    Returns
    -------
    tuple of two ndarrays of that shape

    Notes
    -----
    The shift is not published; its formula is the one that all open converters
    share (eviltransform, MIT; prcoords, CC0), written anew here for arrays, since
    those packages convert one point at a time, or come without wheels.

    Examples
    --------
    >>> lon, lat = to_gcj02([116.3975], [39.9087])
    >>> lon.round(5), lat.round(5)
    (array([116.40374]), array([39.9101]))
    """
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    x, y = lon - _MIDDLE[0], lat - _MIDDLE[1]
    common = 20.0 * (np.sin(6 * np.pi * x) + np.sin(2 * np.pi * x))
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (2 / 3) * (common + _waves(y, (20, 1), (40, 3), (160, 12), (320, 30)))
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += (2 / 3) * (common + _waves(x, (20, 1), (40, 3), (150, 12), (300, 30)))
    # Metres on the ellipsoid, as degrees.
    angle = np.radians(lat)
    bent = 1 - _FLATNESS * np.sin(angle) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        up = np.degrees(north * bent**1.5 / (_AXIS * (1 - _FLATNESS)))
        along = np.degrees(east * np.sqrt(bent) / (_AXIS * np.cos(angle)))
    west, south, right, top = EXTENT
    inside = (lon >= west) & (lon <= right) & (lat >= south) & (lat <= top)
    return np.where(inside, lon + along, lon), np.where(inside, lat + up, lat)


def _waves(at: Floats, *parts: tuple[int, int]) -> Floats:
    """Sines of growing length: each a height and by how much the half wave is longer than one."""
    return np.sum([height * np.sin(np.pi * at / length) for height, length in parts], axis=0)
