"""Network: dated, signed acts become ties, and ties the system of actors: balance, blocs, and their shifts.

    acts = [Act(source="TUR", target="SYR", kind="ACCUSE", start="2019-10-09", evidence="…"), …]     or an ActTable
    networks = ties_of(acts, by="month", weights=Weights.shipped())          one network a window
    networks = networks_of_edges([Edge(a="Gama", b="Nagad", sign=1), …])     the same from a signed edge list
    analysis = analyse(networks, names={"TUR": "Turkey", …})

Actors and evidence are ids: this room reads no text, no table and no database.
"""

from dragoman.network.acts import ActTable
from dragoman.network.analysis import AnalysisOptions, analyse
from dragoman.network.records import (
    Act,
    Analysis,
    Bloc,
    Degree,
    Edge,
    Frustration,
    Move,
    Network,
    Partition,
    Shift,
    TenseTriangle,
    Tie,
    Triangles,
    Window,
    WindowAnalysis,
)
from dragoman.network.ties import Baseline, networks_of_edges, ties_of
from dragoman.network.weights import Weights

__all__ = [
    "Act",
    "ActTable",
    "Analysis",
    "AnalysisOptions",
    "Baseline",
    "Bloc",
    "Degree",
    "Edge",
    "Frustration",
    "Move",
    "Network",
    "Partition",
    "Shift",
    "TenseTriangle",
    "Tie",
    "Triangles",
    "Weights",
    "Window",
    "WindowAnalysis",
    "analyse",
    "networks_of_edges",
    "ties_of",
]
