"""Sound files: announcements spoken by espeak-ng or taken from the office's own recordings, and a waiting sound made here.

Made once and kept: a file's name in the cache is the digest of what it says and how.
"""

import hashlib
import math
import shutil
import struct
import subprocess
import wave
from operator import mul
from pathlib import Path

from erreichbar.record.words import Language
from erreichbar.telephone.asterisk.announcements import TEXTS
from erreichbar.telephone.asterisk.conf import ROUND_SOUND, Folders
from erreichbar.telephone.asterisk.install import NoAsterisk, cache_folder, speaker

RATE = 8000
"""Samples a second: what a telephone line carries."""

VOICES = {Language.GERMAN: "de", Language.ENGLISH: "en-gb"}
WORDS_A_MINUTE = "150"


def arrange(folders: Folders, recordings: Path | None) -> None:
    """Put every sound where the dialplan and the line look for it.

    ``recordings`` may hold ``de/welcome.wav``, ``en/turned_away.wav``, ``waiting.wav`` …, each taken instead of ours.
    Raises ``NoAsterisk`` if a text must be spoken and nothing is installed that can.
    """
    for language in VOICES:
        for what, text in TEXTS.items():
            target = folders.sounds / language.value / f"{what.value}.wav"
            _put(
                _recording(recordings, f"{language.value}/{what.value}") or _spoken(text.in_(language), language),
                target,
            )
    waiting = _recording(recordings, "waiting") or _made("waiting", waiting_tone(8.0))
    _put(waiting, folders.waiting / "waiting.wav")
    _put(_made("round", waiting_tone(2.0)), folders.sounds / f"{ROUND_SOUND}.wav")


def _recording(recordings: Path | None, name: str) -> Path | None:
    """Return the office's own recording. Raises ``NoAsterisk`` if Asterisk could not play it."""
    path = recordings / f"{name}.wav" if recordings else None
    if path is None or not path.exists():
        return None
    try:
        with wave.open(str(path)) as sound:
            shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
    except (wave.Error, EOFError):
        shape = (0, 0, 0)
    if shape != (1, 2, RATE):
        raise NoAsterisk(
            f"{path}: nötig ist WAV, mono, 16 Bit, {RATE} Hz.",
            f"{path}: WAV, mono, 16 bit, {RATE} Hz is needed.",
        )
    return path


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    shutil.copyfile(source, new)
    new.replace(target)


def _kept(name: str, content: str) -> Path:
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    return cache_folder() / "sounds" / f"{name}-{digest}.wav"


def _spoken(text: str, language: Language) -> Path:
    voice = VOICES[language]
    path = _kept(voice, f"{WORDS_A_MINUTE} {text}")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        said = subprocess.run(
            [str(speaker()), "-v", voice, "-s", WORDS_A_MINUTE, "--stdout", text], capture_output=True, timeout=120
        )
        if said.returncode or len(said.stdout) < 1000:
            raise NoAsterisk(
                f"Die Ansage konnte nicht gesprochen werden: {said.stderr.decode(errors='replace').strip()}",
                f"The announcement could not be spoken: {said.stderr.decode(errors='replace').strip()}",
            )
        _write(path, _resampled(*_samples(said.stdout)))
    return path


def _samples(wav: bytes) -> tuple[list[int], int]:
    """Return samples and rate of what espeak-ng writes to a pipe, where the lengths in the header are not true."""
    rate: int = struct.unpack_from("<I", wav, 24)[0]
    data = wav[wav.index(b"data") + 8 :]
    count = len(data) // 2
    return list(struct.unpack(f"<{count}h", data[: count * 2])), rate


def _resampled(samples: list[int], rate: int) -> list[int]:
    """Return the samples at the telephone's rate.

    What the new rate cannot carry is taken out first (a windowed sinc filter), or it would come back as noise.
    """
    cutoff, reach = 0.45 * RATE / rate, 16
    taps = [
        (math.sin(2 * math.pi * cutoff * n) / (math.pi * n) if n else 2 * cutoff)
        * (0.54 + 0.46 * math.cos(math.pi * n / reach))
        for n in range(-reach, reach + 1)
    ]
    padded = [0] * reach + samples + [0] * reach
    resampled = []
    for nth in range(len(samples) * RATE // rate):
        start = nth * rate // RATE
        value = sum(map(mul, taps, padded[start : start + len(taps)]))
        resampled.append(max(-32768, min(32767, round(value))))
    return resampled


def _made(name: str, samples: list[int]) -> Path:
    path = _kept(name, ",".join(map(str, samples[:4000])) + str(len(samples)))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, samples)
    return path


def waiting_tone(seconds: float) -> list[int]:
    """Return a quiet waiting sound: two soft notes, each fading, then silence until the end. Nobody's music."""
    samples = [0] * int(seconds * RATE)
    for start, pitch in ((0.1, 523.25), (0.55, 659.25)):
        for n in range(int(1.2 * RATE)):
            place = int(start * RATE) + n
            if place < len(samples):
                swell = min(1.0, n / 200) * math.exp(-n / (0.35 * RATE))
                samples[place] += round(3500 * swell * math.sin(2 * math.pi * pitch * n / RATE))
    return samples


def _write(path: Path, samples: list[int]) -> None:
    new = path.with_suffix(".new")
    with wave.open(str(new), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    new.replace(path)
