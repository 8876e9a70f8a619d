"""What the lessons' notebooks use: exercises with checks and hints, predictions, progress."""

from labext.lessons.lesson import Lesson as Lesson
from labext.lessons.overview import overview as overview

__all__ = ["Lesson", "overview"]
