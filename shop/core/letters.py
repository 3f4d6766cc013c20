"""The letters that pictures are drawn with: Noto, cut down to Latin and Vietnamese; free under OFL.txt."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
