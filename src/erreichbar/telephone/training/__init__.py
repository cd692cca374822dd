"""The training line: virtual citizens and automatic colleagues, in virtual time or in real time at any speed."""

from erreichbar.telephone.training.colleagues import Colleagues
from erreichbar.telephone.training.line import TrainingLine

__all__ = ["Colleagues", "TrainingLine"]
