"""Who calls, when, why, how patiently, how long does it take? Virtual citizens from keyed draws.

``parameters`` reads ``[traffic]`` of the office file, ``draws`` and ``laws`` are the chance, ``arrivals`` says when
citizens call, ``population`` who they are, ``citizens`` what they do, ``words`` what they say.
"""

from erreichbar.traffic.citizens import Citizen, Citizens, Window
from erreichbar.traffic.parameters import Parameters, TrafficFaults, parameters, section_faults
from erreichbar.traffic.population import Person

__all__ = ["Citizen", "Citizens", "Parameters", "Person", "TrafficFaults", "Window", "parameters", "section_faults"]
