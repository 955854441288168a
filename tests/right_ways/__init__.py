"""Other right ways: for each exercise at least three correct answers built differently from the lesson's own.

One module per lesson, `lesson_NN_slug.py`, with a dict RIGHT_WAYS: exercise name -> list of attempts.
"""
