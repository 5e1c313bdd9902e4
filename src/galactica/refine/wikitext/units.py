"""{{convert}}: a value in one unit, and the same in another: "5 km" → "5 km (3.1 mi)".

Rule for digits (Module:Convert's default): as many as the value given has, by the size of the ratio, and at least
two significant ones. Units whose factor is not listed come out as they were given, without a conversion. Source of
the factors: SI Brochure 9 and NIST SP 811 (exact ones exact).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its sign, its kind, its size in the kind's first unit, and what it is converted to unless told."""

    sign: str
    kind: str
    size: float
    target: str


_ROWS = """
m m length 1 ft|km km length 1000 mi|cm cm length 0.01 in|mm mm length 0.001 in|dm dm length 0.1 in|nm nm length 1e-9 in
μm μm length 1e-6 in|um μm length 1e-6 in|Å Å length 1e-10 in
mi mi length 1609.344 km|mile mi length 1609.344 km|miles mi length 1609.344 km|ft ft length 0.3048 m|foot ft length 0.3048 m
feet ft length 0.3048 m|in in length 0.0254 mm|inch in length 0.0254 mm|yd yd length 0.9144 m|nmi nmi length 1852 km
ly ly length 9.4607304725808e15 pc|pc pc length 3.0856775814913673e16 ly|au au length 1.495978707e11 km
AU au length 1.495978707e11 km|fathom fathoms length 1.8288 m|furlong furlongs length 201.168 m|chain chains length 20.1168 m
verst versts length 1066.8 km|league leagues length 4828.032 km|metre m length 1 ft|meter m length 1 ft|kilometer km length 1000 mi
km2 km² area 1e6 sqmi|m2 m² area 1 sqft|cm2 cm² area 1e-4 sqin|ha ha area 1e4 acre|hectare ha area 1e4 acre
sqmi sq_mi area 2589988.110336 km2|mi2 sq_mi area 2589988.110336 km2|sqft sq_ft area 0.09290304 m2|ft2 sq_ft area 0.09290304 m2
acre acres area 4046.8564224 ha|acres acres area 4046.8564224 ha|sqin sq_in area 0.00064516 cm2|sqyd sq_yd area 0.83612736 m2
sqkm km² area 1e6 sqmi|sqm m² area 1 sqft|dunam dunams area 1000 acre
m3 m³ volume 1 cuft|km3 km³ volume 1e9 cumi|cm3 cm³ volume 1e-6 cuin|L L volume 0.001 USgal|l L volume 0.001 USgal
litre L volume 0.001 USgal|liter L volume 0.001 USgal|ml mL volume 1e-6 USfloz|mL mL volume 1e-6 USfloz|cuft cu_ft volume 0.028316846592 m3
ft3 cu_ft volume 0.028316846592 m3|cumi cu_mi volume 4168181825.440579584 km3|cuin cu_in volume 1.6387064e-5 cm3
cuyd cu_yd volume 0.764554857984 m3|USgal US_gal volume 0.003785411784 L|impgal imp_gal volume 0.00454609 L
gal US_gal volume 0.003785411784 L|USfloz US_fl_oz volume 2.95735295625e-5 mL|impfloz imp_fl_oz volume 2.84130625e-5 mL
oilbbl bbl volume 0.158987294928 m3|acre.ft acre⋅ft volume 1233.48183754752 m3|acre-feet acre⋅ft volume 1233.48183754752 m3
kg kg mass 1 lb|g g mass 0.001 oz|mg mg mass 1e-6 gr|t t mass 1000 LT|tonne t mass 1000 LT|lb lb mass 0.45359237 kg|lbs lb mass 0.45359237 kg
pound lb mass 0.45359237 kg|oz oz mass 0.028349523125 g|st st mass 6.35029318 kg|LT long_tons mass 1016.0469088 t|gr gr mass 6.479891e-5 mg
ST short_tons mass 907.18474 t|ton tons mass 907.18474 t|MT t mass 1000 LT|ozt ozt mass 0.0311034768 g|long_ton long_tons mass 1016.0469088 t
short_ton short_tons mass 907.18474 t|metric_ton t mass 1000 LT|kt kt mass 1e6 LT
km/h km/h speed 0.2777777777777778 mph|kmh km/h speed 0.2777777777777778 mph|mph mph speed 0.44704 km/h|m/s m/s speed 1 ft/s
kn kn speed 0.5144444444444445 km/h|knot kn speed 0.5144444444444445 km/h|knots kn speed 0.5144444444444445 km/h
ft/s ft/s speed 0.3048 m/s|km/s km/s speed 1000 mi/s|mi/s mi/s speed 1609.344 km/s|mi/h mph speed 0.44704 km/h
kW kW power 1000 hp|hp hp power 745.69987158227022 kW|bhp bhp power 745.69987158227022 kW|PS PS power 735.49875 kW|W W power 1 hp
MW MW power 1e6 hp|shp shp power 745.69987158227022 kW|GW GW power 1e9 hp|ihp ihp power 745.69987158227022 kW
J J energy 1 cal|kJ kJ energy 1000 kcal|MJ MJ energy 1e6 kWh|kcal kcal energy 4184 kJ|cal cal energy 4.184 J|kWh kWh energy 3.6e6 MJ
eV eV energy 1.602176634e-19 J|MWh MWh energy 3.6e9 GJ|GJ GJ energy 1e9 MWh|BTU BTU energy 1055.05585262 kJ
Pa Pa pressure 1 psi|kPa kPa pressure 1000 psi|MPa MPa pressure 1e6 psi|bar bar pressure 1e5 psi|psi psi pressure 6894.757293168361 kPa
atm atm pressure 101325 kPa|mbar mbar pressure 100 inHg|hPa hPa pressure 100 inHg|inHg inHg pressure 3386.389 kPa|mmHg mmHg pressure 133.322387415 kPa
torr torr pressure 133.32236842105263 Pa
N N force 1 lbf|kN kN force 1000 lbf|lbf lbf force 4.4482216152605 N|kgf kgf force 9.80665 lbf
Nm N⋅m torque 1 lbft|N.m N⋅m torque 1 lbft|lbft lb⋅ft torque 1.3558179483314004 Nm|lb.ft lb⋅ft torque 1.3558179483314004 Nm|lbfft lbf⋅ft torque 1.3558179483314004 Nm
m3/s m³/s flow 1 cuft/s|cuft/s cu_ft/s flow 0.028316846592 m3/s|L/s L/s flow 0.001 cuft/s
/km2 /km² density 1 /sqmi|/sqmi /sq_mi density 0.38610215854244585 /km2|PD/km2 /km² density 1 /sqmi|PD/sqmi /sq_mi density 0.38610215854244585 /km2
g/cm3 g/cm³ massdensity 1000 lb/cuin|kg/m3 kg/m³ massdensity 1 lb/cuft|lb/cuin lb/cu_in massdensity 27679.904710191 g/cm3|lb/cuft lb/cu_ft massdensity 16.018463373960142 kg/m3
cc cc volume 1e-6 cuin|CID cu_in volume 1.6387064e-5 cc
L/100km L/100_km none 1 none|Hz Hz none 1 none|MHz MHz none 1 none|kHz kHz none 1 none
"""
UNITS = {
    row.split()[0].replace("_", " "): Unit(
        row.split()[1].replace("_", " "), row.split()[2], float(row.split()[3]), row.split()[4]
    )
    for line in _ROWS.strip().split("\n")
    for row in line.split("|")
}
"""Name as written in the template → unit."""

_DEGREES = {"C": "°C", "F": "°F", "K": "K", "°C": "°C", "°F": "°F", "R": "°R"}
_NUMBER = re.compile(r"[-−+]?\d{1,15}(?:\.\d{1,12})?(?:e[-+]?\d{1,2})?\Z", re.IGNORECASE)


def number(text: str) -> float | None:
    """A value as people write it ("1,234.5", "−3"); None where it is none."""
    plain = text.strip().replace(",", "").replace("\xa0", "").replace("−", "-").replace("&minus;", "-")
    return float(plain) if _NUMBER.match(plain) else None


def sign_of(name: str) -> str:
    """How a unit is written; a name that is not known is its own sign."""
    unit = UNITS.get(name)
    return unit.sign if unit is not None else _DEGREES.get(name, name)


def converted(text: str, name: str, wanted: str = "", digits: int | None = None) -> str:
    """`text` (a number in the unit `name`) in the unit `wanted`, or in the usual one: "3.1 mi"; "" where unknown.

    Args:
        digits: digits after the point, negative to round to tens and more; None for the default rule.
    """
    value = number(text)
    if value is None:
        return ""
    if name in _DEGREES:
        return _temperature(value, _DEGREES[name], wanted, digits, text)
    unit = UNITS.get(name)
    target = UNITS.get(wanted or (unit.target if unit is not None else ""))
    if unit is None or target is None or unit.kind != target.kind or unit.kind == "none":
        return ""
    result = value * unit.size / target.size
    if digits is None:
        digits = _default_digits(text, value, result)
    return f"{written(result, digits)} {target.sign}"


def _temperature(value: float, sign: str, wanted: str, digits: int | None, text: str) -> str:
    kelvin = {"°C": value + 273.15, "K": value, "°F": (value + 459.67) / 1.8, "°R": value / 1.8}[sign]
    target = _DEGREES.get(wanted, "°F" if sign == "°C" else "°C")
    result = {"°C": kelvin - 273.15, "K": kelvin, "°F": kelvin * 1.8 - 459.67, "°R": kelvin * 1.8}[target]
    if digits is None:
        digits = max(0, len(text.partition(".")[2].strip()))
    return f"{written(result, digits)} {target}"


def _default_digits(text: str, value: float, result: float) -> int:
    plain = text.strip().replace(",", "")
    fraction = len(plain.partition(".")[2])
    if not fraction and "." not in plain:
        fraction = len(plain.rstrip("0")) - len(plain) if plain.strip("0-+−") else 0
    if not value or not result:
        return max(0, fraction)
    ratio = math.floor(math.log10(abs(result / value)) + 1e-14)
    least = 1 - math.floor(math.log10(abs(result)) + 2e-14)
    return max(fraction - ratio, least)


def written(value: float, digits: int) -> str:
    """A number with `digits` after the point and commas between thousands; a true minus sign."""
    digits = max(-15, min(15, digits))
    scaled = math.floor(abs(value) * 10.0**digits + 0.5) / 10.0**digits
    out = f"{scaled:,.{max(0, digits)}f}"
    return "−" + out if value < 0 and scaled else out
