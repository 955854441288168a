# What nbgrader has to know of this course. Add it to your own nbgrader_config.py.
c = get_config()  # noqa: F821

# In place of an answer the learner finds `...`, as in notebooks/: the untouched notebook runs, and each check says "not attempted".
c.ClearSolutions.code_stub = {"python": "..."}

# Seconds for a cell. The first that needs TensorFlow takes some, and nbgrader's 30 are few on a busy machine.
c.Execute.timeout = 120

# Only if you put the learners' notebooks, notebooks/*.ipynb, into source/ as they are: there is nothing to take out of them.
# c.ClearSolutions.enabled = False
