"""Asterisk: real telephones, over ARI."""

from erreichbar.telephone.asterisk.install import NoAsterisk
from erreichbar.telephone.asterisk.line import AsteriskLine
from erreichbar.telephone.asterisk.settings import Settings, WrongSetting

__all__ = ["AsteriskLine", "NoAsterisk", "Settings", "WrongSetting"]
