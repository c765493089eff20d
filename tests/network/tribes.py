"""A network that everybody knows: sixteen tribes of the New Guinea highlands, allied or at war."""

from __future__ import annotations

from dragoman.network import Edge

TRIBES = """
Kotun Gavev +|Ove Gavev -|Alika Gavev -|Nagam Gavev -|Gahuk Gavev -|Asaro Gavev -|Nagad Gavev +|Gama Gavev +|Ove Kotun -
Nagam Kotun -|Gahuk Kotun -|Notoh Kotun -|Kohik Kotun -|Nagad Kotun +|Gama Kotun +|Alika Ove +|Gahuk Ove +|Masil Ove +
Ukudz Ove +|Ukudz Alika +|Masil Nagam +|Notoh Nagam +|Seuve Nagam +|Nagad Nagam -|Gama Nagam -|Masil Gahuk +|Ukudz Gahuk +
Notoh Gahuk -|Geham Gahuk +|Asaro Gahuk +|Uheto Gahuk -|Gama Gahuk -|Ukudz Masil +|Geham Masil +|Asaro Masil +|Uheto Masil +
Geham Ukudz +|Asaro Ukudz +|Seuve Ukudz -|Kohik Notoh +|Geham Notoh -|Uheto Notoh +|Nagad Notoh -|Geham Kohik -|Uheto Kohik +
Nagad Kohik -|Asaro Geham +|Uheto Geham -|Nagad Geham -|Gama Geham -|Seuve Asaro -|Nagad Asaro -|Gama Asaro -|Seuve Uheto +
Nagad Uheto -|Gama Uheto -|Gama Seuve -|Gama Nagad +
"""
"""Sixteen tribes of the New Guinea highlands, allied or at war (Read 1954), as published with signnet (MIT)."""


def tribes() -> list[Edge]:
    rows = [row.split() for line in TRIBES.split("\n") for row in line.split("|") if row.strip()]
    return [Edge(a=a, b=b, sign=1 if sign == "+" else -1) for a, b, sign in rows]
